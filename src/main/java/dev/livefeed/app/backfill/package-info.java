/** Requests past candles from the connector for the minutes without recorded trades. */
package dev.livefeed.app.backfill;
