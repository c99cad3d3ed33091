package dev.livefeed.protocol.status;

import java.time.Instant;

/**
 * A subscription is confirmed. Without a symbol and an id it is one of the account.
 *
 * @param since exchange time from which trades are reported, or null
 * @param category product category, or null
 * @param topic the venue's name of the stream, or null
 * @param connection name of the connection that carries it, or null
 */
public record Subscribed(Head head, Instant since, String category, String topic, String connection, Extras extras)
        implements Status {

    public static final String STATUS = "subscribed";

    public Subscribed(Head head, Instant since, String category, String topic) {
        this(head, since, category, topic, null);
    }

    public Subscribed(Head head, Instant since, String category, String topic, String connection) {
        this(head, since, category, topic, connection, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.subscribed(this);
    }
}
