/** Determines whether the feed is connected, fresh and ready, with a reason for each negative result. */
package dev.livefeed.app.health;
