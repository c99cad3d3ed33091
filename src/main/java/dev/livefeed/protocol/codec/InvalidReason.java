package dev.livefeed.protocol.codec;

/** Why a line cannot be used, as a small fixed set that serves as a metric label. */
public enum InvalidReason {
    NOT_JSON("not-json"),
    NOT_AN_OBJECT("not-an-object"),
    NOT_UTF8("not-utf8"),
    TOO_DEEP("too-deep"),
    TOO_LONG("too-long"),
    NO_TYPE("no-type"),
    MISSING_FIELD("missing-field"),
    DUPLICATE_FIELD("duplicate-field"),
    BAD_TIMESTAMP("bad-timestamp"),
    BAD_PRICE("bad-price"),
    BAD_QTY("bad-qty"),
    BAD_SIDE("bad-side"),
    BAD_LEVELS("bad-levels"),
    BAD_SYMBOL("bad-symbol"),
    /** The instrument is none that was asked for. */
    UNKNOWN_SYMBOL("unknown-symbol"),
    BAD_FIELD("bad-field");

    private final String label;

    InvalidReason(String label) {
        this.label = label;
    }

    /** The metric label. */
    @Override
    public String toString() {
        return label;
    }
}
