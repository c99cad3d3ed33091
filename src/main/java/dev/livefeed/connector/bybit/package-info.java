/**
 * The {@code bybit} connector: Bybit's V5 market data. One thread, the event loop of the network, owns the feed
 * and all its parts.
 */
package dev.livefeed.connector.bybit;
