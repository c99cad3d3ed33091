/** The public WebSocket connections and the subscriptions on them. */
package dev.livefeed.connector.bybit.connection;
