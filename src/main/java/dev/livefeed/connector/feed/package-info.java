/** What feeds of different venues have in common: REST within its limits, the exchange's clock, counters, candles. */
package dev.livefeed.connector.feed;
