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
public record RestResponse(int status, String body, Map<String, String> headers, Duration delay) {

    public RestResponse(int status, String body) {
        this(status, body, Map.of(), Duration.ZERO);
    }

    public RestResponse delayed(Duration by) {
        return new RestResponse(status, body, headers, by);
    }
}
