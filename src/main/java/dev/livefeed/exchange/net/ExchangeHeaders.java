package dev.livefeed.exchange.net;

/** HTTP headers of the local exchange. */
public final class ExchangeHeaders {

    /** Marks every response and handshake as synthetic data, which must not be shown as live. */
    public static final String SYNTHETIC = "X-Synthetic";

    private ExchangeHeaders() {}
}
