/**
 * The {@code bybit} connector: Bybit's V5 market data. All parts of the feed run on the network's event loop thread.
 */
package dev.livefeed.connector.bybit;
