/** The WebSocket connections, the subscriptions on them, and the replacement of a connection by an overlapping one. */
package dev.livefeed.connector.binance.connection;
