package dev.livefeed.protocol.status;

/**
 * A part does not work for now: a connection, a book, or, with the channel {@code account}, the keys of the account.
 *
 * @param connection which one, where it is about one
 * @param category product category of the book, or null
 * @param levels depth of the book, or null
 * @param code the venue's code for the refused keys, or null
 * @param advice what to do about it, or null
 * @param retryInMs until it is tried again, or null
 */
public record Degraded(
        Head head,
        ConnectionInfo connection,
        String category,
        Long levels,
        String code,
        String advice,
        Long retryInMs,
        Extras extras)
        implements Status {

    public static final String STATUS = "degraded";

    public Degraded(
            Head head,
            ConnectionInfo connection,
            String category,
            Long levels,
            String code,
            String advice,
            Long retryInMs) {
        this(head, connection, category, levels, code, advice, retryInMs, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.degraded(this);
    }
}
