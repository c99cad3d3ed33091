package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.TextFrame;
import java.util.LinkedHashSet;
import java.util.Set;

/** One topic: who listens, and what they are told. It works only while somebody listens. */
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

    Set<StreamSession> subscribers() {
        return subscribers;
    }

    boolean active() {
        return !subscribers.isEmpty();
    }

    /** Adds a listener and tells it what a listener must know first. */
    void join(StreamSession session, long now) {
        if (subscribers.isEmpty()) {
            wake(now);
        }
        subscribers.add(session);
        TextFrame first = snapshot(now);
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

    /** The first listener is about to come: catch up with what was not followed. */
    abstract void wake(long now);

    /** What a new listener is told; null for nothing. It agrees with what has been pushed so far. */
    abstract TextFrame snapshot(long now);

    /** A push interval has ended: push what changed. */
    abstract void publish(long now);
}
