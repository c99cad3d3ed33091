/** Trades of the streams, and the REST requests for missing ones. */
package dev.livefeed.connector.binance.trade;
