/** Tickers, candles and liquidations. */
package dev.livefeed.connector.binance.ticker;
