/** What is asked of the exchange's REST interface beside the feed: tick sizes, and candles for what nobody recorded. */
package dev.livefeed.backfill;
