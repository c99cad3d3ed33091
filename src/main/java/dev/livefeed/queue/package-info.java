/** Bounded queues between the feed and its sinks: they lose nothing within their bound and count what does not fit. */
package dev.livefeed.queue;
