package dev.livefeed.exchange.rest;

import java.time.Duration;
import java.util.HashMap;
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

    /** The same response with a further header. */
    public RestResponse with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new RestResponse(status, body, more, delay);
    }

    public RestResponse delayed(Duration by) {
        return new RestResponse(status, body, headers, by);
    }
}
