/** The sink http, and requests of sinks that send over HTTP. */
package dev.livefeed.app.sink.http;
