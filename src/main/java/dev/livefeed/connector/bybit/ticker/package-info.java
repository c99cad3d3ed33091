/** Tickers, candles and liquidations. */
package dev.livefeed.connector.bybit.ticker;
