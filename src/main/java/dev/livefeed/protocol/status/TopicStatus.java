package dev.livefeed.protocol.status;

/** Statuses of a topic that is subscribed and does not deliver as it should. */
public sealed interface TopicStatus extends Status {

    /**
     * A topic was accepted, and nothing comes.
     *
     * @param category product category, or null
     * @param topic the venue's name of it, or null
     * @param never whether nothing has ever come, or null
     * @param silentMs for how long, or null
     */
    record TopicSilent(Head head, String category, String topic, Boolean never, Long silentMs, Extras extras)
            implements TopicStatus {

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

    /**
     * A topic that was silent is heard again.
     *
     * @param category product category, or null
     * @param topic the venue's name of it, or null
     * @param silentMs for how long it was silent, or null
     */
    record TopicHeard(Head head, String category, String topic, Long silentMs, Extras extras) implements TopicStatus {

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

    /**
     * Most of what a topic sends cannot be read, or, with {@code over}, it can be read again.
     *
     * @param category product category, or null
     * @param topic the venue's name of it, or null
     * @param rows number of rows looked at, or null
     * @param unreadable how many of them could not be read, or null
     * @param sample the beginning of one of them, or null
     * @param over whether the topic can be read again
     */
    record TopicUnreadable(
            Head head,
            String category,
            String topic,
            Long rows,
            Long unreadable,
            String sample,
            boolean over,
            Extras extras)
            implements TopicStatus {

        public static final String STATUS = "unreadable";

        public TopicUnreadable(
                Head head, String category, String topic, Long rows, Long unreadable, String sample, boolean over) {
            this(head, category, topic, rows, unreadable, sample, over, Extras.NONE);
        }

        @Override
        public String status() {
            return STATUS;
        }

        @Override
        public <R> R accept(StatusVisitor<R> visitor) {
            return visitor.topicUnreadable(this);
        }
    }
}
