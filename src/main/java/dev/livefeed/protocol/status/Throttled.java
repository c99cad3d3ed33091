package dev.livefeed.protocol.status;

/**
 * The venue limits the requests: those of a connection, or those for a topic, wait.
 *
 * @param connection which one waits; without a name where it is a topic
 * @param category product category of the topic, or null
 * @param topic the venue's name of the topic that waits, or null
 * @param retryInMs until the next request, or null
 */
public record Throttled(
        Head head, ConnectionInfo connection, String category, String topic, Long retryInMs, Extras extras)
        implements Status {

    public static final String STATUS = "throttled";

    public Throttled(Head head, ConnectionInfo connection, String category, String topic, Long retryInMs) {
        this(head, connection, category, topic, retryInMs, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.throttled(this);
    }
}
