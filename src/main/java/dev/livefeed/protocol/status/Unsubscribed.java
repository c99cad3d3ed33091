package dev.livefeed.protocol.status;

/**
 * A subscription has ended.
 *
 * @param category product category, or null
 * @param topic the venue's name of the stream, or null
 */
public record Unsubscribed(Head head, String category, String topic, Extras extras) implements Status {

    public static final String STATUS = "unsubscribed";

    public Unsubscribed(Head head, String category, String topic) {
        this(head, category, topic, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.unsubscribed(this);
    }
}
