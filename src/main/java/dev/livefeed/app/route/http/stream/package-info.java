/** The stream on the HTTP port: WebSocket and Server-Sent Events, on event loops of their own. */
package dev.livefeed.app.route.http.stream;
