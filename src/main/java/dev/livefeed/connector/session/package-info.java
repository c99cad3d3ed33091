/** Connections for connectors: WebSockets and HTTP requests on one event loop, behind interfaces without Netty. */
package dev.livefeed.connector.session;
