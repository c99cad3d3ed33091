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

    static BinanceRefusal illegal(String parameter, String range) {
        return new BinanceRefusal(
                -1100, "Illegal characters found in parameter '" + parameter + "'; legal range is '" + range + "'.");
    }

    static BinanceRefusal tooManyParameters(int expected, int received) {
        return new BinanceRefusal(
                -1101, "Too many parameters; expected '" + expected + "' and received '" + received + "'.");
    }

    static BinanceRefusal missing(String parameter) {
        return new BinanceRefusal(
                -1102, "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
    }

    static BinanceRefusal unread(int read, int sent) {
        return new BinanceRefusal(
                -1104,
                "Not all sent parameters were read; read '" + read + "' parameter(s) but was sent '" + sent + "'.");
    }

    static BinanceRefusal empty(String parameter) {
        return new BinanceRefusal(-1105, "Parameter '" + parameter + "' was empty.");
    }

    static BinanceRefusal overflow(String parameter) {
        return new BinanceRefusal(-1108, "Parameter '" + parameter + "' overflowed.");
    }

    static BinanceRefusal symbol() {
        return new BinanceRefusal(-1121, "Invalid symbol.");
    }

    static BinanceRefusal combination() {
        return new BinanceRefusal(-1128, "Combination of optional parameters invalid.");
    }

    static BinanceRefusal invalid(String parameter) {
        return new BinanceRefusal(-1130, "Data sent for parameter '" + parameter + "' is not valid.");
    }

    RestResponse response() {
        return VenueRefusals.binance(400, code, getMessage());
    }

    /** @param retryAfterSeconds when the client may ask again */
    static RestResponse tooMany(int status, String message, long retryAfterSeconds) {
        return VenueRefusals.binance(status, TOO_MANY_REQUESTS, message, retryAfterSeconds);
    }
}
