/**
 * Bounded queues between the feed and its sinks. Events within the bound are never lost; others are counted.
 */
package dev.livefeed.app.queue;
