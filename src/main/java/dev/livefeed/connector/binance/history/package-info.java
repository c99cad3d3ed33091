/** Past market data of Binance. */
package dev.livefeed.connector.binance.history;
