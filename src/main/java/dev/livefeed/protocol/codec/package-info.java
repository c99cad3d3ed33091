/** A line of the protocol to an event and back, and the rules of its fields. See {@code doc/PROTOCOL.md}. */
package dev.livefeed.protocol.codec;
