/** Order books from REST snapshots and the updates that continue them. */
package dev.livefeed.connector.binance.book;
