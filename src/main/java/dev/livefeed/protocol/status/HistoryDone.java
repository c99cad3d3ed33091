package dev.livefeed.protocol.status;

import java.time.Instant;

/**
 * The status that closes the answer to a {@code history} command.
 *
 * @param category product category, or null
 * @param from start of the answered range, or null
 * @param to its end, or null; before the end that was asked for where the venue's data was final up to here only
 * @param count events sent, or null
 * @param complete whether these are all that there were between {@code from} and {@code to}, or null
 */
public record HistoryDone(
        Head head, String category, Instant from, Instant to, Long count, Boolean complete, Extras extras)
        implements Status {

    public static final String STATUS = "history_done";

    public HistoryDone(Head head, String category, Instant from, Instant to, long count, boolean complete) {
        this(head, category, from, to, count, complete, Extras.NONE);
    }

    /** Whether the connector reports that nothing is missing of the range. */
    public boolean nothingMissing() {
        return Boolean.TRUE.equals(complete);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.historyDone(this);
    }
}
