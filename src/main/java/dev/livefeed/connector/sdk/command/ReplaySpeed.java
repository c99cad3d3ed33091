package dev.livefeed.connector.sdk.command;

import java.math.BigDecimal;

/**
 * How fast a recording is played.
 *
 * @param factor on the recorded pace; 0 for as fast as possible
 */
public record ReplaySpeed(double factor) implements Command.Argument {

    public static final ReplaySpeed MAX = new ReplaySpeed(0);
    public static final String RULE = "must be max, or a number above 0 with at most six digits on each side of the"
            + " point, such as 1 (as recorded) or 10";

    private static final String MAX_TEXT = "max";

    /** Parses {@code max} or a factor; null if it is neither. */
    public static ReplaySpeed parse(String text) {
        if (text.equals(MAX_TEXT)) {
            return MAX;
        }
        return text.matches("\\d{1,6}(\\.\\d{1,6})?") && new BigDecimal(text).signum() > 0
                ? new ReplaySpeed(Double.parseDouble(text))
                : null;
    }

    /** Whether nothing is waited for. */
    public boolean max() {
        return factor == 0;
    }

    /** {@code max}, or the factor without needless digits. */
    @Override
    public String toString() {
        return max()
                ? MAX_TEXT
                : BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString();
    }
}
