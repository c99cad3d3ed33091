package dev.livefeed.app.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The queues of a run by name. A queue outlives the routes that use it, so that an edit of these loses nothing. */
public final class BoundedQueues<E> {

    private static final Duration UNUSED = Duration.ofMinutes(1);

    private final Map<String, BoundedQueue<E>> queues = new TreeMap<>();
    private final Map<String, Instant> unusedSince = new HashMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private final Function<? super E, QueueSubject> subjects;
    private volatile Consumer<BoundedQueue<?>> onListed = queue -> {};
    private volatile Consumer<BoundedQueue<?>> onUnlisted = queue -> {};

    /** @param subjects what an event is about */
    public BoundedQueues(Function<? super E, QueueSubject> subjects) {
        this.subjects = subjects;
    }

    /**
     * Called with each queue that comes into use, including those that exist already, and with each that goes out of
     * use.
     */
    public synchronized void listen(Consumer<BoundedQueue<?>> listed, Consumer<BoundedQueue<?>> left) {
        onListed = listed;
        onUnlisted = left;
        all().forEach(listed);
    }

    /** The queue of a name, with this bound from now on. */
    public synchronized BoundedQueue<E> queue(String name, int capacity) {
        BoundedQueue<E> queue = queues.get(name);
        if (queue == null) {
            queue = new BoundedQueue<>(name, capacity, subjects);
            queues.put(name, queue);
            onListed.accept(queue);
        } else {
            queue.resize(capacity);
        }
        return queue;
    }

    /**
     * Leaves out of all accounts what is empty and has not been used by a route for a while, and takes it in again when
     * it is used. An edit takes routes away before it adds them, so that a queue is without them for a moment.
     */
    public synchronized void list(Instant now) {
        for (BoundedQueue<E> queue : queues.values()) {
            if (queue.used()) {
                unusedSince.remove(queue.name());
                if (unlisted.remove(queue.name())) {
                    onListed.accept(queue);
                }
            } else if (unusedSince
                            .computeIfAbsent(queue.name(), name -> now)
                            .plus(UNUSED)
                            .isBefore(now)
                    && unlisted.add(queue.name())) {
                onUnlisted.accept(queue);
            }
        }
    }

    /** All that are in use. */
    synchronized List<BoundedQueue<E>> all() {
        return queues.values().stream()
                .filter(queue -> !unlisted.contains(queue.name()))
                .toList();
    }

    /** All that are in use at about this moment, by name. */
    public List<QueueView> views() {
        return all().stream().map(BoundedQueue::view).toList();
    }
}
