/**
 * Encoding of the local exchange: text buffers and WebSocket frames that are built once and shared by all receivers.
 */
package dev.livefeed.exchange.wire;
