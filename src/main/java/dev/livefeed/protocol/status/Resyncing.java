package dev.livefeed.protocol.status;

/**
 * A book is no longer known to be right; its next event is a snapshot. Without a symbol, that applies to all books.
 *
 * @param category product category, or null
 * @param levels depth of the book, or null where all books of the symbol are meant
 */
public record Resyncing(Head head, String category, Long levels, Extras extras) implements Status {

    public static final String STATUS = "resyncing";

    public Resyncing(Head head, String category, Long levels) {
        this(head, category, levels, Extras.NONE);
    }

    /** Depth of the book that is meant, 0 where it is all books of the symbol. */
    public int depth() {
        return levels == null ? 0 : levels.intValue();
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.resyncing(this);
    }
}
