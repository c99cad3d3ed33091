/** An order book of scaled longs. Connectors check a stream with it, the application serves depth from it. */
package dev.livefeed.book;
