/** Exact sums of decimals without an object for each number: scaled longs, in pairs where one is too short. */
package dev.livefeed.app.market.exact;
