/** Trades: each delivered once, in order; missed ones are fetched from REST or announced as a gap. */
package dev.livefeed.connector.bybit.trade;
