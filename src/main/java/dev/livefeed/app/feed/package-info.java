/** What is known of the feed: its state, counters, subscriptions, dead letters. */
package dev.livefeed.app.feed;
