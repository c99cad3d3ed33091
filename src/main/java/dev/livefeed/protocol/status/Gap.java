package dev.livefeed.protocol.status;

import java.time.Instant;

/**
 * Events of the channel are lost for good.
 *
 * @param category product category, or null
 * @param from the earliest time that an event may be missing of, or null
 * @param to the latest, or null
 * @param count how many are missing where that is known, or null
 */
public record Gap(Head head, String category, Instant from, Instant to, Long count, Extras extras) implements Status {

    public static final String STATUS = "gap";

    public Gap(Head head, String category, Instant from, Instant to, Long count) {
        this(head, category, from, to, count, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.gap(this);
    }
}
