package dev.livefeed.protocol.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is traded: venue, category and symbol, as text {@code VENUE:linear:BTCUSDT}. The spot and the linear BTCUSDT
 * of a venue are two instruments. A part that is not known is null and left out of the text.
 */
public final class InstrumentId implements Comparable<InstrumentId> {

    /** For messages that start with "must be". */
    public static final String RULE = Symbols.RULE + ", or CATEGORY:SYMBOL";

    /** The categories that have a meaning in the protocol; the others are names only. */
    private static final String OPTION = "option";

    private static final String INVERSE = "inverse";

    private final String venue;
    private final String category;
    private final String symbol;
    private final int hash;
    /** Made when it is asked for. */
    private String text;

    private InstrumentId(String venue, String category, String symbol) {
        this.venue = venue;
        this.category = category;
        this.symbol = Objects.requireNonNull(symbol, "symbol cannot be null");
        this.hash = (symbol.hashCode() * 31 + Objects.hashCode(category)) * 31 + Objects.hashCode(venue);
    }

    /**
     * @param venue null if it is not known
     * @param category null if it is not known
     */
    public static InstrumentId of(String venue, String category, String symbol) {
        return new InstrumentId(venue, category, symbol);
    }

    /** Reads a text that may lack the venue, or the venue and the category; empty if it is none. */
    public static Optional<InstrumentId> parse(String text) {
        String[] parts = text.split(":", -1);
        String symbol = parts[parts.length - 1];
        boolean valid = parts.length <= 3 && Symbols.valid(symbol);
        for (int i = 0; i < parts.length - 1; i++) {
            valid &= word(parts[i]);
        }
        return valid
                ? Optional.of(new InstrumentId(
                        parts.length < 3 ? null : parts[0], parts.length < 2 ? null : parts[parts.length - 2], symbol))
                : Optional.empty();
    }

    /** The same for a text of a request: upper and lower case of venue and category do not matter. */
    public static Optional<InstrumentId> parseRequested(String text) {
        int symbolAt = text.lastIndexOf(':') + 1;
        return parse(text.substring(0, symbolAt).toLowerCase(Locale.ROOT) + text.substring(symbolAt));
    }

    /** The same for a text written by hand: upper and lower case of the parts and the Unicode form do not matter. */
    public static Optional<InstrumentId> read(String text) {
        int symbolAt = text.lastIndexOf(':') + 1;
        return parseRequested(text.substring(0, symbolAt)
                + Normalizer.normalize(text.substring(symbolAt).toUpperCase(Locale.ROOT), Normalizer.Form.NFC));
    }

    private static boolean word(String text) {
        return text.matches("[a-z0-9][a-z0-9_-]{0,39}");
    }

    /** The venue, or null. */
    public String venue() {
        return venue;
    }

    /** Product category such as {@code linear}, or null. */
    public String category() {
        return category;
    }

    public String symbol() {
        return symbol;
    }

    /** Whether the other one is this one, or has the same symbol and no other category and venue than this one. */
    public boolean matches(InstrumentId other) {
        return symbol.equals(other.symbol)
                && (category == null || category.equals(other.category))
                && (venue == null || venue.equals(other.venue));
    }

    /** Whether it is the base coin of options, which stands for all its contracts: {@code option:BTC}. */
    public boolean isBaseCoin() {
        return OPTION.equals(category) && symbol.indexOf('-') < 0;
    }

    /** Whether quantities are in quote coin, and the turnover therefore in base coin. */
    public boolean isInverse() {
        return INVERSE.equals(category);
    }

    /** Whether it is the base coin of the other one. */
    public boolean covers(InstrumentId other) {
        return isBaseCoin()
                && other.symbol.length() > symbol.length()
                && other.symbol.charAt(symbol.length()) == '-'
                && other.symbol.startsWith(symbol)
                && category.equals(other.category)
                && Objects.equals(venue, other.venue);
    }

    @Override
    public int compareTo(InstrumentId other) {
        int bySymbol = symbol.compareTo(other.symbol);
        return bySymbol != 0 ? bySymbol : toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof InstrumentId id
                        && hash == id.hash
                        && symbol.equals(id.symbol)
                        && Objects.equals(category, id.category)
                        && Objects.equals(venue, id.venue));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The text form of an instrument of a known venue, {@code CATEGORY:SYMBOL}. */
    public String market() {
        return market(category, symbol);
    }

    /**
     * The same for the parts.
     *
     * @param category null if it is not known
     */
    public static String market(String category, String symbol) {
        return category == null ? symbol : category + ':' + symbol;
    }

    /** The text form, {@code VENUE:CATEGORY:SYMBOL}. */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            String market = market();
            known = venue == null ? market : venue + ':' + market;
            text = known;
        }
        return known;
    }
}
