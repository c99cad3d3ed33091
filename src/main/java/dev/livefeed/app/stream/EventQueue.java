package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The queue between the threads that produce events and the hub's thread, in order. Adding never waits: if the queue is
 * full, events are counted as lost until the hub has taken the rest.
 */
final class EventQueue {

    /** Default capacity: about 32,000 trades or 250,000 changed levels. */
    static final int CAPACITY = 1 << 18;

    private final int capacity;
    private List<Object> items = new ArrayList<>();
    private Map<Loss, Long> losses = new LinkedHashMap<>();
    private int weight;
    private boolean waiting;

    /**
     * The key of the events lost after the last item.
     *
     * @param channel of the stream
     * @param instrument may be null
     */
    record Loss(String channel, InstrumentId instrument) {}

    /** The content of the queue: the items in order, and what was lost after the last of them. */
    record Batch(List<Object> items, Map<Loss, Long> losses) {}

    /** @param capacity maximum total weight */
    EventQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an event; if it does not fit, it is counted as lost. */
    synchronized void put(Object event, int eventWeight, String channel, InstrumentId instrument) {
        if (!losses.isEmpty() || weight + eventWeight > capacity) {
            losses.merge(new Loss(channel, instrument), 1L, Long::sum);
            return;
        }
        weight += eventWeight;
        add(event);
    }

    /** Adds a task for the hub's thread; it is never dropped. */
    synchronized void control(Runnable work) {
        add(work);
    }

    /**
     * Takes a copy of a state and adds the task that uses it, while no other thread adds. Everything in the copy was
     * added before, or is the event that is being added at the moment.
     */
    synchronized void copy(Supplier<Runnable> copy) {
        add(copy.get());
    }

    private void add(Object item) {
        items.add(item);
        if (waiting) {
            waiting = false;
            notifyAll();
        }
    }

    /**
     * Takes the whole content.
     *
     * @param millis how long to wait if empty; 0 for no limit
     */
    synchronized Batch take(long millis) throws InterruptedException {
        if (items.isEmpty() && losses.isEmpty()) {
            waiting = true;
            wait(millis);
            waiting = false;
        }
        Batch batch = new Batch(items, losses);
        items = new ArrayList<>();
        losses = new LinkedHashMap<>();
        weight = 0;
        return batch;
    }
}
