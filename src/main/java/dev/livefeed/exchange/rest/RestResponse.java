package dev.livefeed.exchange.rest;

import java.time.Duration;
import java.util.Map;

/**
 * An HTTP response.
 * @param status HTTP status code
 * @param body JSON text
 * @param headers headers besides those of every response
 * @param delay time to wait before sending it
 */
public record RestResponse(int status, String body, Map<String, String> headers, Duration delay) {

    public RestResponse(int status, String body) {
        this(status, body, Map.of(), Duration.ZERO);
    }

    public RestResponse delayed(Duration by) {
        return new RestResponse(status, body, headers, by);
    }
}
