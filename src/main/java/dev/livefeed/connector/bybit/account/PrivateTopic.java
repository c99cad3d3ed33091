package dev.livefeed.connector.bybit.account;

import java.util.List;
import java.util.Optional;

/**
 * A topic of the private stream.
 *
 * @param text the venue's name, such as {@code execution.fast.linear}
 * @param kind type of its rows
 * @param fast rows with fewer fields that arrive earlier
 * @param category null if it covers all categories
 */
record PrivateTopic(String text, Kind kind, boolean fast, String category) {

    /** Rule for topics in error messages. */
    static final String RULE =
            "order, execution, execution.fast, position or wallet, all but wallet optionally followed by .spot,"
                    + " .linear, .inverse or .option (position without .spot)";

    private static final List<String> CATEGORIES = List.of("spot", "linear", "inverse", "option");

    /** Type of the rows. */
    enum Kind {
        ORDER,
        EXECUTION,
        POSITION,
        WALLET
    }

    /** The topic of that name; empty if the venue has none. */
    static Optional<PrivateTopic> of(String text) {
        String category = CATEGORIES.stream()
                .filter(c -> text.endsWith('.' + c))
                .findFirst()
                .orElse(null);
        String bare = category == null ? text : text.substring(0, text.length() - category.length() - 1);
        Kind kind =
                switch (bare) {
                    case "order" -> Kind.ORDER;
                    case "execution", "execution.fast" -> Kind.EXECUTION;
                    case "position" -> Kind.POSITION;
                    case "wallet" -> Kind.WALLET;
                    default -> null;
                };
        boolean absent = kind == null
                || (kind == Kind.WALLET && category != null)
                || (kind == Kind.POSITION && "spot".equals(category));
        return absent ? Optional.empty() : Optional.of(new PrivateTopic(text, kind, bare.endsWith(".fast"), category));
    }

    /** Whether both topics deliver the same rows. */
    boolean overlaps(PrivateTopic other) {
        return kind == other.kind && (category == null || other.category == null || category.equals(other.category));
    }

    /** The name in events. */
    @Override
    public String toString() {
        return text;
    }
}
