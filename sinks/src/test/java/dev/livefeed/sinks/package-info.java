/**
 * The packed jar with its sinks against real servers, which are killed, slow, or down for longer than the buffer lasts.
 */
package dev.livefeed.sinks;
