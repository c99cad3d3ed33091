/** Candles of the past, asked of the connector, for the part of the day that was not recorded. */
package dev.livefeed.app.backfill;
