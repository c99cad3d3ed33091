/** State, counters, subscriptions and dead letters of the feed, and the watchdog that judges the state. */
package dev.livefeed.app.feed;
