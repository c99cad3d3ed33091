/** The local exchange as a Binance server: spot and USDⓈ-M futures over the same markets. */
package dev.livefeed.exchange.binance;
