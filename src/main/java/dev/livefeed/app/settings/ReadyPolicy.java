package dev.livefeed.app.settings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of the wanted instruments must be ready for the feed to be ready.
 *
 * @param text as configured
 * @param percent minimum share; null if one instrument is enough
 */
public record ReadyPolicy(String text, BigDecimal percent) {

    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?)\\s*%");

    /**
     * Parses {@code all}, {@code any} or a share such as {@code 80%}.
     *
     * @throws IllegalArgumentException with the rule
     */
    public static ReadyPolicy parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("all") || word.equals("any")) {
            return new ReadyPolicy(word, word.equals("all") ? ALL : null);
        }
        Matcher share = SHARE.matcher(word);
        if (share.matches()) {
            BigDecimal percent = new BigDecimal(share.group(1));
            if (percent.signum() > 0 && percent.compareTo(ALL) <= 0) {
                return new ReadyPolicy(percent.toPlainString() + '%', percent);
            }
        }
        throw new IllegalArgumentException(
                "it must be all, any, or a share of the wanted instruments above 0% and up " + "to 100%, such as 80%");
    }

    /** Whether every wanted instrument must be ready. */
    public boolean all() {
        return percent != null && percent.compareTo(ALL) == 0;
    }

    /** Whether so many of the wanted instruments are enough; none wanted is enough. */
    public boolean satisfied(int ready, int wanted) {
        if (wanted == 0) {
            return true;
        }
        return percent == null
                ? ready > 0
                : ALL.multiply(BigDecimal.valueOf(ready)).compareTo(percent.multiply(BigDecimal.valueOf(wanted))) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
