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

/** The queues by name. A queue outlives the routes that use it, so that editing a route loses no events. */
public final class BoundedQueues<E> {

    private static final Duration UNUSED = Duration.ofMinutes(1);

    private final Map<String, BoundedQueue<E>> queues = new TreeMap<>();
    private final Map<String, Instant> unusedSince = new HashMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private final Function<? super E, QueueSubject> subjects;
    private volatile Consumer<BoundedQueue<?>> onListed = queue -> {};
    private volatile Consumer<BoundedQueue<?>> onUnlisted = queue -> {};

    /** @param subjects returns what an event is about */
    public BoundedQueues(Function<? super E, QueueSubject> subjects) {
        this.subjects = subjects;
    }

    /**
     * Sets callbacks for each queue that comes into use, including existing ones, and for each that goes out of use.
     */
    public synchronized void listen(Consumer<BoundedQueue<?>> listed, Consumer<BoundedQueue<?>> left) {
        onListed = listed;
        onUnlisted = left;
        all().forEach(listed);
    }

    /** Returns the named queue, creating it if necessary, and sets its bound. */
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
     * Hides queues that are empty and have not been used by a route for {@link #UNUSED}, and shows them again when they
     * are used. The delay covers route edits, which remove routes before adding them.
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

    /** All queues in use. */
    synchronized List<BoundedQueue<E>> all() {
        return queues.values().stream()
                .filter(queue -> !unlisted.contains(queue.name()))
                .toList();
    }

    /** Snapshots of all queues in use, by name. */
    public List<QueueView> views() {
        return all().stream().map(BoundedQueue::view).toList();
    }
}
