/** The streams that a connection carries, for any venue: what is known about each. */
package dev.livefeed.connector.feed.stream;
