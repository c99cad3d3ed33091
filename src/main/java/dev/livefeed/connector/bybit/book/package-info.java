/** Order books from snapshots and deltas, with detection of lost updates and resynchronization. */
package dev.livefeed.connector.bybit.book;
