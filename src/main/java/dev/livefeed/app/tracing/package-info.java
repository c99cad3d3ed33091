/** Traces of events and HTTP requests on their way through the routes. Nothing of it is used while it is off. */
package dev.livefeed.app.tracing;
