/** State, counters, subscriptions and dead letters of the feed. */
package dev.livefeed.app.feed;
