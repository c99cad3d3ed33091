/** The instruments that the exchange lists, used to check symbols. */
package dev.livefeed.connector.bybit.instrument;
