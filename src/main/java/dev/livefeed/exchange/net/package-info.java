/** The sockets of the local exchange: HTTP and WebSocket on one port, served by the market thread. */
package dev.livefeed.exchange.net;
