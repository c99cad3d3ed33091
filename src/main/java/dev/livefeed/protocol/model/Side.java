package dev.livefeed.protocol.model;

/** The side of the taker (the aggressor) of a trade. */
public enum Side {
    BUY("buy"),
    SELL("sell");

    private final String text;

    Side(String text) {
        this.text = text;
    }

    /** The name in the protocol: {@code buy} or {@code sell}. */
    @Override
    public String toString() {
        return text;
    }
}
