/**
 * Bounded queues between the feed and its sinks. They lose nothing within their bound and count what does not fit.
 */
package dev.livefeed.app.queue;
