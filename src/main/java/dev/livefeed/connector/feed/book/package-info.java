/** Order books: from REST snapshots and the updates that continue them, or with snapshots in the stream. */
package dev.livefeed.connector.feed.book;
