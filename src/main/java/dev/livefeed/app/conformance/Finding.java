package dev.livefeed.app.conformance;

/**
 * The row of a rule in the table.
 *
 * @param seen what was seen, or why the rule is not applicable
 * @param line the line that breaks the rule, or empty
 */
public record Finding(ProtocolRule rule, Result result, String seen, String line) {

    /** Whether the connector keeps the rule. */
    public enum Result {
        OK("ok"),
        FAILED("failed"),
        NOT_APPLICABLE("not applicable");

        private final String text;

        Result(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
