package dev.livefeed.protocol.status;

/**
 * The account's own stream is lost; says nothing of the market data.
 *
 * @param url address of the stream, or null
 * @param attempt how often it was tried in a row, or null
 * @param retryInMs until it is tried again, or null
 */
public record PrivateDisconnected(Head head, String url, Long attempt, Long retryInMs, Extras extras)
        implements Status {

    public static final String STATUS = "private_disconnected";

    public PrivateDisconnected(Head head, String url, Long attempt, Long retryInMs) {
        this(head, url, attempt, retryInMs, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.privateDisconnected(this);
    }
}
