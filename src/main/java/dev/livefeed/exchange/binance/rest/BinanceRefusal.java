package dev.livefeed.exchange.binance.rest;

import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.VenueRefusals;

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
        return VenueRefusals.binance(400, code, getMessage());
    }

    /** @param retryAfterSeconds when the client may ask again */
    static RestResponse tooMany(int status, String message, long retryAfterSeconds) {
        return VenueRefusals.binance(status, TOO_MANY_REQUESTS, message, retryAfterSeconds);
    }
}
