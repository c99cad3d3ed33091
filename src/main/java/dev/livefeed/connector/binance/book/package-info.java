/** Order books: the rules of their updates, and their REST snapshots. */
package dev.livefeed.connector.binance.book;
