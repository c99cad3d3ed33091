/** The instruments that the exchange lists, and whether a symbol is one of them. */
package dev.livefeed.connector.bybit.instrument;
