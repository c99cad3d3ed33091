package dev.livefeed.protocol.status;

/**
 * The connection to the account's own stream is open and the keys are being presented.
 *
 * @param url address of the stream, or null
 */
public record Authenticating(Head head, String url, Extras extras) implements Status {

    public static final String STATUS = "authenticating";

    public Authenticating(Head head, String url) {
        this(head, url, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.authenticating(this);
    }
}
