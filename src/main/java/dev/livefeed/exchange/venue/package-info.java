/**
 * The market of the local exchange: instruments, books, trades and candles, without sockets, threads or a clock of
 * its own.
 */
package dev.livefeed.exchange.venue;
