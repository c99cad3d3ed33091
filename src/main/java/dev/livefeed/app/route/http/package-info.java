/** The HTTP server of the routes: access rules, and the WebSockets of the stream. */
package dev.livefeed.app.route.http;
