/** Order books from REST snapshots and the updates that continue them, for any venue that publishes books so. */
package dev.livefeed.connector.feed.book;
