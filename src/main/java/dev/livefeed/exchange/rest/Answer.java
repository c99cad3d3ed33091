package dev.livefeed.exchange.rest;

import java.time.Duration;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param status HTTP status code
 * @param body JSON text
 * @param headers beside those that every answer has
 * @param delay how long to wait before it is sent
 */
public record Answer(int status, String body, Map<String, String> headers, Duration delay) {

    public Answer(int status, String body) {
        this(status, body, Map.of(), Duration.ZERO);
    }

    public Answer delayed(Duration by) {
        return new Answer(status, body, headers, by);
    }
}
