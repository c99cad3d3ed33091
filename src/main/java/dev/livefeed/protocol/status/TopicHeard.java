package dev.livefeed.protocol.status;

/**
 * A topic that was silent is heard again.
 *
 * @param category product category, or null
 * @param topic the venue's name of it, or null
 * @param silentMs for how long it was silent, or null
 */
public record TopicHeard(Head head, String category, String topic, Long silentMs, Extras extras) implements Status {

    public static final String STATUS = "heard";

    public TopicHeard(Head head, String category, String topic, Long silentMs) {
        this(head, category, topic, silentMs, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.topicHeard(this);
    }
}
