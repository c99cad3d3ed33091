/** Sockets for connectors: WebSocket links and single HTTP requests on one event loop, behind an interface without Netty. */
package dev.livefeed.connector.net;
