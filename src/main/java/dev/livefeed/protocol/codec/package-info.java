/** Parsing and writing of protocol lines, and the rules of their fields. See {@code doc/PROTOCOL.md}. */
package dev.livefeed.protocol.codec;
