package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of moments for one strategy. Adding never waits: if the queue is full, the oldest moment is dropped and
 * counted; for book tops only the newest of each symbol is kept, and each replacement is counted as conflated.
 */
public final class StrategyQueue {

    private final String strategy;
    private final StrategyTopic topic;
    private final InstrumentId instrument;
    private final String timeframe;
    private final SweepDetector sweeps;
    private final int size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Moment> waiting = new ArrayDeque<>();
    private final Map<InstrumentId, Moment> newest = new LinkedHashMap<>();
    private boolean busy;
    private long busyWith;
    private boolean closed;
    private long taken;
    private long dropped;
    private long conflated;
    private long failed;
    private String lastFailure;

    /**
     * @param strategy the id of the route
     * @param instrument the only instruments to listen to: all that match; its venue and category may be missing, or
     *     null for all
     * @param timeframe of the candles in the moments
     * @param sweeps detects the sweeps in the moments
     * @param size maximum number of waiting moments, at least 1
     */
    public StrategyQueue(
            String strategy,
            StrategyTopic topic,
            InstrumentId instrument,
            String timeframe,
            SweepDetector sweeps,
            int size) {
        this.strategy = strategy;
        this.topic = topic;
        this.instrument = instrument;
        this.timeframe = timeframe;
        this.sweeps = sweeps;
        this.size = size;
    }

    public String strategy() {
        return strategy;
    }

    public StrategyTopic topic() {
        return topic;
    }

    public String timeframe() {
        return timeframe;
    }

    SweepDetector sweeps() {
        return sweeps;
    }

    boolean wants(StrategyTopic of, InstrumentId its) {
        return topic == of && (instrument == null || instrument.matches(its));
    }

    /** Adds a moment. Never waits. */
    void put(Moment moment) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (topic.conflating()) {
                if (newest.put(moment.instrument(), moment) != null) {
                    conflated++;
                } else if (newest.size() > size) {
                    newest.remove(newest.keySet().iterator().next());
                    dropped++;
                }
            } else {
                if (waiting.size() == size) {
                    waiting.removeFirst();
                    dropped++;
                }
                waiting.addLast(moment);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a moment and takes it; null if the queue is closed. The caller must call {@link #done} afterwards. */
    public Moment take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waiting.isEmpty() && newest.isEmpty()) {
                changed.await();
            }
            if (closed) {
                return null;
            }
            busy = true;
            taken++;
            Moment moment = topic.conflating()
                    ? newest.remove(newest.keySet().iterator().next())
                    : waiting.removeFirst();
            busyWith = moment.timestampMicros();
            return moment;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Marks the last taken moment as processed.
     *
     * @param failure the error, or null
     * @return number of failures so far
     */
    public long done(Throwable failure) {
        lock.lock();
        try {
            busy = false;
            if (failure != null) {
                failed++;
                lastFailure = failure.toString();
            }
            changed.signalAll();
            return failed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the queue is empty and nothing is in process; false on timeout. */
    boolean awaitIdle(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && (busy || !waiting.isEmpty() || !newest.isEmpty())) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the queue and discards its moments. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            newest.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Event time of the oldest moment that is not completely processed, or -1. */
    public long oldestMicros() {
        lock.lock();
        try {
            if (busy) {
                return busyWith;
            }
            return topic.conflating()
                    ? newest.values().stream()
                            .mapToLong(Moment::timestampMicros)
                            .min()
                            .orElse(-1)
                    : waiting.isEmpty() ? -1 : waiting.peekFirst().timestampMicros();
        } finally {
            lock.unlock();
        }
    }

    /** Figures of the queue. */
    public StrategyQueueStats state() {
        lock.lock();
        try {
            return new StrategyQueueStats(
                    new StrategyQueueStats.Listening(strategy, topic.toString(), timeframe, instrument),
                    waiting.size() + newest.size(),
                    taken,
                    dropped,
                    conflated,
                    failed,
                    lastFailure);
        } finally {
            lock.unlock();
        }
    }
}
