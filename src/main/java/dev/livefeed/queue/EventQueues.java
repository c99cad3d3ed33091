package dev.livefeed.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The queues of a run by name. A queue outlives the routes that use it, so that an edit of these loses nothing. */
public final class EventQueues<E> {

    private final Map<String, EventQueue<E>> queues = new ConcurrentSkipListMap<>();
    private final Function<? super E, Subject> subjects;
    private volatile Consumer<EventQueue<?>> onCreated = queue -> {};
    private volatile Consumer<EventQueue<?>> onForgotten = queue -> {};

    /** @param subjects what an event is about */
    public EventQueues(Function<? super E, Subject> subjects) {
        this.subjects = subjects;
    }

    /** Told of each queue that comes, those that are here already included, and of each that goes. */
    public synchronized void listen(Consumer<EventQueue<?>> created, Consumer<EventQueue<?>> forgotten) {
        onCreated = created;
        onForgotten = forgotten;
        queues.values().forEach(created);
    }

    /** The queue of a name, with this bound from now on. */
    public synchronized EventQueue<E> queue(String name, int capacity) {
        EventQueue<E> queue = queues.get(name);
        if (queue == null) {
            queue = new EventQueue<>(name, capacity, subjects);
            queues.put(name, queue);
            onCreated.accept(queue);
        } else {
            queue.resize(capacity);
        }
        return queue;
    }

    /** Forgets a queue with its counts, unless events wait in it; returns whether it is gone. */
    public synchronized boolean forget(String name) {
        EventQueue<E> queue = queues.get(name);
        if (queue == null || queue.undelivered() > 0) {
            return queue == null;
        }
        queues.remove(name);
        onForgotten.accept(queue);
        return true;
    }

    public List<EventQueue<E>> all() {
        return List.copyOf(queues.values());
    }

    /** All of them at about this moment, by name. */
    public List<QueueView> views() {
        return queues.values().stream().map(EventQueue::view).toList();
    }
}
