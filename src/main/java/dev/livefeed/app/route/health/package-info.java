/** Camel health checks for the state of the feed. */
package dev.livefeed.app.route.health;
