/** How exchanges end in routes whose files were edited, and the versions of these files before. */
package dev.livefeed.app.route.outcome;
