/** What the events add up to: the kept book, the last price and the activity of each symbol. */
package dev.livefeed.market;
