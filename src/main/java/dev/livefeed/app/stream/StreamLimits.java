package dev.livefeed.app.stream;

import java.time.Duration;

/**
 * The limits for clients of the stream.
 *
 * @param clients maximum number of clients
 * @param queueBytes maximum queue of one client; a client beyond it is slow
 * @param messageBytes maximum size of a client's message
 * @param ping interval of pings
 * @param timeout a client that sends no frame, not even a pong, for this long is closed
 * @param slow a client that is slow for this long is closed
 */
public record StreamLimits(
        int clients, int queueBytes, int messageBytes, Duration ping, Duration timeout, Duration slow) {}
