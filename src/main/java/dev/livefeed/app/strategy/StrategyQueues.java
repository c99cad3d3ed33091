package dev.livefeed.app.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All strategies that listen. In lockstep, as replays are run, the feed waits for each of them, one after the other in
 * the order of their names, so that signals fall between the same two events each time; otherwise it never waits.
 */
public final class StrategyQueues {

    /** The most strategies that may listen at a time. */
    public static final int MOST = 200;

    private static final long PATIENCE_MILLIS = 10_000;
    private static final Comparator<StrategyQueue> ORDER =
            Comparator.comparing(StrategyQueue::strategy).thenComparing(StrategyQueue::topic);

    private final boolean lockstep;
    private final AtomicLong outOfStep = new AtomicLong();
    private volatile List<StrategyQueue> inboxes = List.of();
    private Consumer<StrategyQueue> added = inbox -> {};
    private Consumer<StrategyQueue> removed = inbox -> {};

    /** @param lockstep whether the feed waits for strategies */
    public StrategyQueues(boolean lockstep) {
        this.lockstep = lockstep;
    }

    /** Tells of every listener that is there or comes, and of every one that goes. */
    public synchronized void onChange(Consumer<StrategyQueue> whenAdded, Consumer<StrategyQueue> whenRemoved) {
        added = whenAdded;
        removed = whenRemoved;
        inboxes.forEach(added);
    }

    /**
     * Adds a listener.
     *
     * @throws IllegalStateException where there are too many
     */
    public synchronized void add(StrategyQueue inbox) {
        if (inboxes.size() >= MOST) {
            throw new IllegalStateException("more than " + MOST + " strategies listen; join some");
        }
        inboxes =
                Stream.concat(inboxes.stream(), Stream.of(inbox)).sorted(ORDER).toList();
        added.accept(inbox);
    }

    /** Removes a listener and ends its inbox. */
    public synchronized void remove(StrategyQueue inbox) {
        inboxes = inboxes.stream().filter(other -> other != inbox).toList();
        inbox.close();
        removed.accept(inbox);
    }

    boolean anyFor(StrategyTopic topic) {
        for (StrategyQueue inbox : inboxes) {
            if (inbox.topic() == topic) {
                return true;
            }
        }
        return false;
    }

    List<StrategyQueue> all() {
        return inboxes;
    }

    void deliver(StrategyQueue inbox, Moment moment) {
        inbox.put(moment);
        if (lockstep && !inbox.awaitIdle(PATIENCE_MILLIS)) {
            outOfStep.incrementAndGet();
        }
    }

    public boolean lockstep() {
        return lockstep;
    }

    /** How often the feed went on without a strategy in lockstep: above 0 a replay may differ from the one before. */
    public long outOfStep() {
        return outOfStep.get();
    }

    /** Figures of all, by name. */
    public List<StrategyQueueStats> states() {
        return inboxes.stream().map(StrategyQueue::state).toList();
    }
}
