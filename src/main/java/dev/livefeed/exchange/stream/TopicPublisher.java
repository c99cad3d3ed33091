package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.TextFrame;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A topic and its subscribers. It does nothing while there are none.
 *
 * @param <T> the topic in the form of its venue
 */
public abstract class TopicPublisher<T extends PublishedTopic> {

    private final T topic;
    private final int pushMillis;
    private final Set<StreamSession> subscribers = new LinkedHashSet<>();

    protected TopicPublisher(T topic, int pushMillis) {
        this.topic = topic;
        this.pushMillis = pushMillis;
    }

    protected final T topic() {
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

    protected final void push(TextFrame frame) {
        subscribers.forEach(session -> session.push(topic.text(), frame, false));
    }

    protected final Set<StreamSession> subscribers() {
        return subscribers;
    }

    /** Called when the market begins to send data again: subscribers get the snapshot that they did not get before. */
    protected void reopen(long now) {
        activate(now);
        TextFrame first = snapshot(now);
        if (first != null) {
            push(first);
        }
    }

    /** Called before the first subscriber is added, to catch up with the market. */
    protected abstract void activate(long now);

    /** First frame of a new subscriber, consistent with what has been pushed so far; null for none. */
    protected abstract TextFrame snapshot(long now);

    /** Called at the end of each push interval, to push what changed. */
    protected abstract void publish(long now);
}
