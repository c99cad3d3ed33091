/** An order book of longs. Connectors use it to check a stream, the application to serve depth. */
package dev.livefeed.book;
