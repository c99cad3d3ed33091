package dev.livefeed.exchange.engine;

import java.time.Duration;

/**
 * Limits of the server on its clients.
 *
 * @param idleTimeout a WebSocket client that sends no frame for this long is closed
 * @param requestTimeout a new connection must have sent a complete request by then
 * @param maxConnections open connections per stream; seven times as many in total
 * @param outboundLimit unsent bytes per client; a client beyond it is closed
 * @param lifetime a WebSocket connection of Binance is closed after this time
 * @param rateLimits whether the venue's limits per time apply: 500 connections in 5 minutes, 600 requests in 5 seconds;
 *     on Binance the weight of requests per minute and messages per second
 */
public record ConnectionLimits(
        Duration idleTimeout,
        Duration requestTimeout,
        int maxConnections,
        int outboundLimit,
        Duration lifetime,
        boolean rateLimits) {}
