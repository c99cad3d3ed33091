package dev.livefeed.connector.bybit.site;

import dev.livefeed.connector.session.EndAdvice;

/** The likely cause of a rejected handshake or a closed connection, and what to do. */
public final class HandshakeAdvice {

    private static final EndAdvice ADVICE = new EndAdvice(HandshakeAdvice::ofStatus, HandshakeAdvice::ofClose);

    private HandshakeAdvice() {}

    /**
     * Adds the likely cause to the reason, if there is one.
     *
     * @param reason of the end of a connection
     * @param httpStatus of a rejected handshake, otherwise 0
     */
    public static String addTo(String reason, int httpStatus) {
        return ADVICE.addTo(reason, httpStatus);
    }

    private static String ofStatus(int status) {
        return switch (status) {
            case 400 -> "likely another kind of server; check scheme and port of BYBIT_WS_BASE_URL";
            case 401 -> "likely the host wants a login of its own; check BYBIT_WS_BASE_URL and BYBIT_HEADERS";
            case 403 ->
                "likely this address is not served (its country or its network), has asked too often, or the"
                        + " site wants a header; check BYBIT_SITE and BYBIT_HEADERS, or wait 10 minutes";
            case 404 ->
                "likely the host has no such stream; check BYBIT_SITE, BYBIT_CATEGORY and BYBIT_WS_BASE_URL"
                        + " (no path; the demo host has no public streams)";
            case 407 -> "a proxy on the way wants a login; set BYBIT_PROXY with user and password";
            case 301, 302, 303, 307, 308 -> "the host redirects, which streams do not follow; check BYBIT_WS_BASE_URL";
            case 429 -> "too many connections or requests from this address; fewer follow";
            case 451 -> "likely this country is not served by this site; check BYBIT_SITE";
            default -> status >= 500 ? "likely the venue is overloaded or in maintenance; it is tried again" : null;
        };
    }

    private static String ofClose(int code) {
        return switch (code) {
            case 1008 -> "the venue's rules do not allow this; likely too many connections, topics or requests";
            case 1011 -> "an error of the venue; it is tried again";
            case 1012 -> "the venue restarts; it is tried again";
            case 1013 -> "the venue is overloaded, restarts or limits this address; it is tried again";
            default -> null;
        };
    }
}
