/** The lists of instruments of Bybit. */
package dev.livefeed.connector.bybit.instrument;
