/** The streams of Binance on the local exchange. */
package dev.livefeed.exchange.binance.stream;
