package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.exchange.rest.RestResponse;
import java.time.Duration;
import java.util.Map;

/** Refused requests in the venue's form. */
public final class BinanceRefusal extends Exception {

    private static final long serialVersionUID = 1;
    private static final int TOO_MANY_REQUESTS = -1003;

    private final int code;

    BinanceRefusal(int code, String message) {
        super(message);
        this.code = code;
    }

    RestResponse response() {
        return new RestResponse(400, body(code, getMessage()));
    }

    /** @param retryAfterSeconds when the client may ask again */
    static RestResponse tooMany(int status, String message, long retryAfterSeconds) {
        return new RestResponse(
                status,
                body(TOO_MANY_REQUESTS, message),
                Map.of("Retry-After", Long.toString(retryAfterSeconds)),
                Duration.ZERO);
    }

    private static String body(int code, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("msg", message)
                .toString();
    }
}
