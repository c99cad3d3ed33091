package dev.livefeed.protocol.status;

/**
 * A book may be wrong, though nothing in its own sequence shows it, and is being checked; a {@code synced} or a
 * {@code resyncing} follows.
 *
 * @param category product category, or null
 * @param levels depth of the book, or null where all books of the symbol are meant
 */
public record BookSuspect(Head head, String category, Long levels, Extras extras) implements Status {

    public static final String STATUS = "suspect";

    public BookSuspect(Head head, String category, Long levels) {
        this(head, category, levels, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.bookSuspect(this);
    }
}
