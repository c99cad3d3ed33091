package dev.livefeed.connector.binance.venue;

import dev.livefeed.connector.session.EndAdvice;

/** The likely cause of a rejected handshake or a closed connection, and what to do. */
public final class RefusalAdvice {

    private static final EndAdvice ADVICE = new EndAdvice(RefusalAdvice::ofStatus, RefusalAdvice::ofClose);

    private RefusalAdvice() {}

    /**
     * Adds the likely cause to the reason, if there is one.
     *
     * @param httpStatus of a rejected handshake, otherwise 0
     */
    public static String addTo(String reason, int httpStatus) {
        return ADVICE.addTo(reason, httpStatus);
    }

    private static String ofStatus(int status) {
        return switch (status) {
            case 400, 404 -> "likely another kind of server; check BINANCE_WS_BASE_URL (no path) and BINANCE_MARKET";
            case 403 ->
                "likely the venue's firewall: too many requests from this address, or its network is not served";
            case 407 -> "a proxy on the way wants a login; set BINANCE_PROXY with user and password";
            case 418, 429 -> "too many connections or requests from this address; fewer follow";
            case 451 -> "likely this country is not served; in the United States set BINANCE_US";
            case 301, 302, 303, 307, 308 ->
                "the host redirects, which streams do not follow; check BINANCE_WS_BASE_URL";
            default -> status >= 500 ? "likely the venue is overloaded or in maintenance; it is tried again" : null;
        };
    }

    private static String ofClose(int code) {
        return switch (code) {
            case 1001, 1012 -> "the venue restarts this server; it is tried again";
            case 1008 -> "the venue's rules do not allow this; likely too many messages, or a ping was not answered";
            case 1011 -> "an error of the venue; it is tried again";
            case 1013 -> "the venue is overloaded; it is tried again";
            default -> null;
        };
    }
}
