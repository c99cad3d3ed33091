/** The streams of Binance, and their frames as values. */
package dev.livefeed.connector.binance.stream;
