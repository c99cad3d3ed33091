/** Past market data of Bybit. */
package dev.livefeed.connector.bybit.history;
