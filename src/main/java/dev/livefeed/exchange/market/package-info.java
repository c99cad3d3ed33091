/**
 * The markets of the local exchange: instruments, books, trades and candles, without sockets, threads or a clock.
 */
package dev.livefeed.exchange.market;
