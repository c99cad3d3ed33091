package dev.livefeed.protocol.status;

/**
 * A topic was accepted, and nothing comes.
 *
 * @param category product category, or null
 * @param topic the venue's name of it, or null
 * @param never whether nothing has ever come, or null
 * @param silentMs for how long, or null
 */
public record TopicSilent(Head head, String category, String topic, Boolean never, Long silentMs, Extras extras)
        implements Status {

    public static final String STATUS = "silent";

    public TopicSilent(Head head, String category, String topic, Boolean never, Long silentMs) {
        this(head, category, topic, never, silentMs, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.topicSilent(this);
    }
}
