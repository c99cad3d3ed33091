/** The kept order book, the same for the connectors that check a stream and for the application that reads it. */
package dev.livefeed.book;
