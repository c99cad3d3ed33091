package dev.livefeed.exchange.net;

/** HTTP headers of the local exchange's own. */
public final class ExchangeHeaders {

    /** Says on every answer and handshake that the data is made up, so that nobody shows it as live. */
    public static final String SYNTHETIC = "X-Synthetic";

    private ExchangeHeaders() {}
}
