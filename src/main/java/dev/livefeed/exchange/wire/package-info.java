/** The bytes of the local exchange: ASCII text and WebSocket frames that are made once and shared by all who receive them. */
package dev.livefeed.exchange.wire;
