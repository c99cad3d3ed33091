package dev.livefeed.app.stream;

import java.time.Duration;

/**
 * What a client of the stream may take.
 *
 * @param clients at most
 * @param queueBytes that may wait for one client; beyond it the client is slow
 * @param messageBytes of one message of a client
 * @param ping how often a client is pinged
 * @param timeout a client that is silent for so long, pongs included, is closed
 * @param slow a client that is slow for so long is closed
 */
public record StreamLimits(
        int clients, int queueBytes, int messageBytes, Duration ping, Duration timeout, Duration slow) {}
