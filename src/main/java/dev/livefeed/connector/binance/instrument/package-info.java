/** The lists of instruments of Binance. */
package dev.livefeed.connector.binance.instrument;
