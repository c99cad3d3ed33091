package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Map;

/** Refused requests and handshakes in the form of each venue. */
public final class VenueRefusals {

    private static final String BYBIT_PATHS = "/v5/";
    private static final String BINANCE_FUTURES = "/fapi/";
    private static final int INVALID_PATH = -5000;

    private VenueRefusals() {}

    /** Whether a path is one of Bybit; all others are those of Binance where that is served. */
    public static boolean ofBybit(String path) {
        return path.startsWith(BYBIT_PATHS);
    }

    /** The venue's code is the HTTP status. */
    public static RestResponse bybit(int status, String message) {
        return bybit(status, status, message);
    }

    public static RestResponse bybit(int status, int code, String message) {
        return new RestResponse(status, json("retCode", code, "retMsg", message));
    }

    public static RestResponse binance(int status, int code, String message) {
        return new RestResponse(status, json("code", code, "msg", message));
    }

    /** @param retryAfterSeconds when the client may ask again */
    public static RestResponse binance(int status, int code, String message, long retryAfterSeconds) {
        return new RestResponse(
                status,
                json("code", code, "msg", message),
                Map.of("Retry-After", Long.toString(retryAfterSeconds)),
                Duration.ZERO);
    }

    /** A path or method that Binance does not have. Futures answer in JSON, spot with a page. */
    public static RestResponse notOnBinance(String method, String path) {
        return path.startsWith(BINANCE_FUTURES)
                ? binance(404, INVALID_PATH, "Path " + path + ", Method " + method + " is invalid")
                : new RestResponse(404, "<html><body><h2>404 Not found</h2></body></html>")
                        .with("Content-Type", "text/html");
    }

    private static String json(String codeName, int code, String messageName, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(codeName, code)
                .put(messageName, message)
                .toString();
    }
}
