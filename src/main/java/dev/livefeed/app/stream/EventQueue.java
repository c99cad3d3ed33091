package dev.livefeed.app.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What lies between the threads that bring events and the one of the hub, in order. Bringing never waits: where too much lies
 * there, what comes is counted as lost until the hub has taken the rest.
 */
final class EventQueue {

    /** What lies there at most: some 32,000 trades, or 250,000 changed levels. */
    static final int CAPACITY = 1 << 18;

    private final int capacity;
    private List<Object> items = new ArrayList<>();
    private Map<Loss, Long> losses = new LinkedHashMap<>();
    private int weight;
    private boolean waiting;

    /**
     * What was lost behind the last item.
     *
     * @param channel of the stream
     * @param symbol may be null
     */
    record Loss(String channel, String symbol) {}

    /** All that lay there: the items in order, and what was lost behind the last of them. */
    record Batch(List<Object> items, Map<Loss, Long> losses) {}

    /** @param capacity the most weight that lies there */
    EventQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an event; where it does not fit it is counted as lost. */
    synchronized void put(Object event, int itsWeight, String channel, String symbol) {
        if (!losses.isEmpty() || weight + itsWeight > capacity) {
            losses.merge(new Loss(channel, symbol), 1L, Long::sum);
            return;
        }
        weight += itsWeight;
        add(event);
    }

    /** Adds work for the hub's thread; it is never lost. */
    synchronized void control(Runnable work) {
        add(work);
    }

    /**
     * Takes a copy of something and adds the work with it, while nobody else adds: what the copy holds was added before, or is
     * the one event that is being added just now.
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
     * Takes all that lies there.
     *
     * @param millis how long to wait for something; 0 for ever
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
