package dev.livefeed.protocol.status;

import java.time.Instant;

/**
 * Missed trades were fetched.
 *
 * @param category product category, or null
 * @param from begin of the time that was looked at, or null
 * @param to end of it, or null
 * @param count how many trades were fetched, or null
 */
public record Repaired(Head head, String category, Instant from, Instant to, Long count, Extras extras)
        implements Status {

    public static final String STATUS = "repaired";

    public Repaired(Head head, String category, Instant from, Instant to, Long count) {
        this(head, category, from, to, count, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.repaired(this);
    }
}
