package dev.livefeed.protocol.status;

/**
 * A book is right again.
 *
 * @param category product category, or null
 * @param levels depth of the book, or null
 * @param durationMs how long it was not right, or null
 */
public record Synced(Head head, String category, Long levels, Long durationMs, Extras extras) implements Status {

    public static final String STATUS = "synced";

    public Synced(Head head, String category, Long levels, Long durationMs) {
        this(head, category, levels, durationMs, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.synced(this);
    }
}
