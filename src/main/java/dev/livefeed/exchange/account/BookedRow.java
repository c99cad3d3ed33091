package dev.livefeed.exchange.account;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows of the account that are no trades of its orders, made on command. */
public enum BookedRow {
    FUNDING("Funding", false),
    SETTLEMENT("Settle", true),
    DELIVERY("Delivery", true),
    ADL("AdlTrade", true),
    BUST("BustTrade", true),
    BLOCK("BlockTrade", false),
    CORPORATE_ACTION("CorporateAction", false),
    /** An execution row without a type. */
    UNTYPED("", false),
    /** A wallet with a coin that has no balance. */
    EMPTY_COIN(null, false);

    private final String execType;
    private final boolean closing;

    BookedRow(String execType, boolean closing) {
        this.execType = execType;
        this.closing = closing;
    }

    /** @throws IllegalArgumentException with the allowed values */
    public static BookedRow of(String id) {
        return Arrays.stream(values())
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("row is \"" + id + "\", must be one of "
                        + Arrays.stream(values()).map(BookedRow::id).collect(Collectors.joining(", "))));
    }

    private String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The venue's word; null if it is no row of the topic execution. */
    String execType() {
        return execType;
    }

    /** Whether it closes the position. */
    boolean closing() {
        return closing;
    }
}
