package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.Frame;
import java.util.LinkedHashSet;
import java.util.Set;

/** One topic: who listens, and what they are told. It works only while somebody listens. */
abstract class Feed {

    private final Topic topic;
    private final int pushMillis;
    private final Set<Session> subscribers = new LinkedHashSet<>();

    Feed(Topic topic, int pushMillis) {
        this.topic = topic;
        this.pushMillis = pushMillis;
    }

    Topic topic() {
        return topic;
    }

    int pushMillis() {
        return pushMillis;
    }

    Set<Session> subscribers() {
        return subscribers;
    }

    boolean active() {
        return !subscribers.isEmpty();
    }

    /** Adds a listener and tells it what a listener must know first. */
    void join(Session session, long now) {
        if (subscribers.isEmpty()) {
            wake(now);
        }
        subscribers.add(session);
        Frame first = snapshot(now);
        if (first != null) {
            session.push(topic.text(), first, true);
        }
    }

    void leave(Session session) {
        subscribers.remove(session);
    }

    void push(Frame frame) {
        subscribers.forEach(session -> session.push(topic.text(), frame, false));
    }

    /** The first listener is about to come: catch up with what was not followed. */
    abstract void wake(long now);

    /** What a new listener is told; null for nothing. It agrees with what has been pushed so far. */
    abstract Frame snapshot(long now);

    /** A push interval has ended: push what changed. */
    abstract void publish(long now);
}
