/** Past market data of Binance, and the pages of today's trades that are kept on the disk. */
package dev.livefeed.connector.binance.history;
