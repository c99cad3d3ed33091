/** Candles and trades of the past from the exchange, for the part of the day that was not recorded. */
package dev.livefeed.app.backfill;
