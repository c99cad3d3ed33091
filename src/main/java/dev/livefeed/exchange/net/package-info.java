/** The sockets of the local exchange: HTTP and WebSocket on one port, handed to the thread that owns the exchange. */
package dev.livefeed.exchange.net;
