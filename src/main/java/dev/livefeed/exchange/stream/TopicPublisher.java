package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.TextFrame;
import java.util.LinkedHashSet;
import java.util.Set;

/** A topic and its subscribers. It does nothing while there are none. */
abstract class TopicPublisher {

    private final StreamTopic topic;
    private final int pushMillis;
    private final Set<StreamSession> subscribers = new LinkedHashSet<>();

    TopicPublisher(StreamTopic topic, int pushMillis) {
        this.topic = topic;
        this.pushMillis = pushMillis;
    }

    StreamTopic topic() {
        return topic;
    }

    int pushMillis() {
        return pushMillis;
    }

    boolean active() {
        return !subscribers.isEmpty();
    }

    /**
     * Adds a subscriber and sends it the snapshot, if the topic has one.
     *
     * @param streams whether the market sends anything in its state
     */
    void join(StreamSession session, long now, boolean streams) {
        if (subscribers.isEmpty()) {
            activate(now);
        }
        subscribers.add(session);
        TextFrame first = streams ? snapshot(now) : null;
        if (first != null) {
            session.push(topic.text(), first, true);
        }
    }

    void leave(StreamSession session) {
        subscribers.remove(session);
    }

    void push(TextFrame frame) {
        subscribers.forEach(session -> session.push(topic.text(), frame, false));
    }

    /** Called before the first subscriber is added, to catch up with the market. */
    abstract void activate(long now);

    /** First frame of a new subscriber, consistent with what has been pushed so far; null for none. */
    abstract TextFrame snapshot(long now);

    /** Called at the end of each push interval, to push what changed. */
    abstract void publish(long now);
}
