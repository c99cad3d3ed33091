package dev.livefeed.app.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * What a line is about, for topics and keys.
 *
 * @param category product category, or {@code _} if it has none
 * @param symbol symbol, or {@code _} if it has none
 */
public record LineAddress(String type, String venue, String category, String symbol) {

    private static final String NONE = "_";
    private static final String VENUE = "venue";
    private static final Set<String> FIELDS = Set.of("type", "category", "symbol");
    private static final Set<String> FIELDS_AND_VENUE = Set.of("type", "category", "symbol", VENUE);

    /**
     * Reads it from a line of a batch.
     *
     * @param venue as below
     * @throws LineRefused if the line is not JSON, so that it could not be delivered however often it is tried
     */
    public static LineAddress of(LineBatch lines, int index, String venue) throws LineRefused {
        try {
            return of(lines.line(index), venue);
        } catch (IOException e) {
            throw new LineRefused(index, "the line is not JSON: " + e.getMessage());
        }
    }

    /**
     * Reads it from the line, which begins with these fields.
     *
     * @param venue that of all lines, which do not contain it; null if they do
     */
    static LineAddress of(byte[] line, String venue) throws IOException {
        Map<String, String> fields = LineTexts.of(line, venue == null ? FIELDS_AND_VENUE : FIELDS);
        return new LineAddress(
                fields.getOrDefault("type", NONE),
                venue == null ? fields.getOrDefault(VENUE, NONE) : venue,
                fields.getOrDefault("category", NONE),
                fields.getOrDefault("symbol", NONE));
    }

    /**
     * The venue of a line, or {@code _} if it has none or is not JSON.
     *
     * @param venue as above
     */
    public static String venue(byte[] line, String venue) {
        if (venue != null) {
            return venue;
        }
        try {
            return LineTexts.of(line, Set.of(VENUE)).getOrDefault(VENUE, NONE);
        } catch (IOException e) {
            return NONE;
        }
    }

    /** {@code VENUE:CATEGORY:SYMBOL}; the same for all events of an instrument. */
    public String instrument() {
        return venue + ':' + category + ':' + symbol;
    }

    /** Type, venue, category and symbol, in which the special characters are written as {@code %XX}. */
    public String path(char separator, String special) {
        return escaped(type, special)
                + separator
                + escaped(venue, special)
                + separator
                + escaped(category, special)
                + separator
                + escaped(symbol, special);
    }

    private static String escaped(String part, String special) {
        StringBuilder text = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%' || c <= ' ' || special.indexOf(c) >= 0) {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    text.append(String.format("%%%02X", b));
                }
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
