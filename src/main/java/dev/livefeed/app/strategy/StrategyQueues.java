package dev.livefeed.app.strategy;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The queues of all listening strategies. In lockstep, used for replays, the feed waits for each strategy in order of
 * name, so that signals fall between the same two events in every run. Otherwise the feed never waits.
 */
public final class StrategyQueues {

    /** Maximum number of listening strategies. */
    public static final int MAX_STRATEGIES = 200;

    private static final long LOCKSTEP_TIMEOUT_MILLIS = 10_000;
    private static final Comparator<StrategyQueue> ORDER =
            Comparator.comparing(StrategyQueue::strategy).thenComparing(StrategyQueue::topic);

    private final boolean lockstep;
    private final AtomicLong outOfStep = new AtomicLong();
    private volatile List<StrategyQueue> queues = List.of();
    private Consumer<StrategyQueue> added = queue -> {};
    private Consumer<StrategyQueue> removed = queue -> {};

    /** @param lockstep whether the feed waits for strategies */
    public StrategyQueues(boolean lockstep) {
        this.lockstep = lockstep;
    }

    /**
     * Sets callbacks for added and removed queues; {@code whenAdded} is called immediately for every existing queue.
     */
    public synchronized void onChange(Consumer<StrategyQueue> whenAdded, Consumer<StrategyQueue> whenRemoved) {
        added = whenAdded;
        removed = whenRemoved;
        queues.forEach(added);
    }

    /**
     * Adds a queue.
     *
     * @throws IllegalStateException if there are already {@value #MAX_STRATEGIES}
     */
    public synchronized void add(StrategyQueue queue) {
        if (queues.size() >= MAX_STRATEGIES) {
            throw new IllegalStateException(
                    "the limit of " + MAX_STRATEGIES + " listening strategies is reached; combine some of them");
        }
        queues = Stream.concat(queues.stream(), Stream.of(queue)).sorted(ORDER).toList();
        added.accept(queue);
    }

    /** Removes and closes a queue. */
    public synchronized void remove(StrategyQueue queue) {
        queues = queues.stream().filter(other -> other != queue).toList();
        queue.close();
        removed.accept(queue);
    }

    boolean anyFor(StrategyTopic topic) {
        for (StrategyQueue queue : queues) {
            if (queue.topic() == topic) {
                return true;
            }
        }
        return false;
    }

    List<StrategyQueue> all() {
        return queues;
    }

    void deliver(StrategyQueue queue, Moment moment) {
        queue.put(moment);
        if (lockstep && !queue.awaitIdle(LOCKSTEP_TIMEOUT_MILLIS)) {
            outOfStep.incrementAndGet();
        }
    }

    public boolean lockstep() {
        return lockstep;
    }

    /** How often the feed continued without waiting for a strategy in lockstep; above 0, two replays may differ. */
    public long outOfStep() {
        return outOfStep.get();
    }

    /** Figures of all queues, by strategy name. */
    public List<StrategyQueueStats> states() {
        return queues.stream().map(StrategyQueue::state).toList();
    }
}
