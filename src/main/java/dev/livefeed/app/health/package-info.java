/** Decides whether the feed is connected, fresh and ready, and names each reason against it. */
package dev.livefeed.app.health;
