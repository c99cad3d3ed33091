/** The folder {@code lib/} beside the jar: libraries that add components of Camel, and where they come from. */
package dev.livefeed.app.route.library;
