/** Trades, each delivered once and in order: missing ones are fetched from REST or announced as a gap. */
package dev.livefeed.connector.feed.trade;
