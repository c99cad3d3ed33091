/** The sink redis: events as entries of Redis streams. */
package dev.livefeed.app.sink.redis;
