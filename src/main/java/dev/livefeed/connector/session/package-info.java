/** WebSocket connections and HTTP requests of connectors on one event loop, behind interfaces without Netty types. */
package dev.livefeed.connector.session;
