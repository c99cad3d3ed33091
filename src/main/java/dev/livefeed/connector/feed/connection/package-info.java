/** The WebSocket connections of a feed: how many there are, which streams they carry, and what is reported of them. */
package dev.livefeed.connector.feed.connection;
