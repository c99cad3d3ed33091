/** The market behind the local exchange: instruments, books, prints and candles, without sockets, threads or a clock of its own. */
package dev.livefeed.exchange.venue;
