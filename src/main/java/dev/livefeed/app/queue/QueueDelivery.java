package dev.livefeed.app.queue;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * An event in delivery. It stays counted in its queue until {@link #delivered} or {@link #failed} is called, or returns
 * to its place by {@link #giveBack}. Only the first of these calls counts; a delivery that completes after the event
 * was given back still removes it, unless it is being delivered again.
 */
public final class QueueDelivery<E> {

    private final BoundedQueue<E> queue;
    private final E event;
    final long number;
    final long takenNanos;
    private volatile Instant startedAt;
    private volatile Supplier<String> failureReason = () -> null;

    QueueDelivery(BoundedQueue<E> queue, E event, long number, long takenNanos) {
        this.queue = queue;
        this.event = event;
        this.number = number;
        this.takenNanos = takenNanos;
    }

    public E event() {
        return event;
    }

    /** @param reason returns the reason of the last failed attempt, or null; called by other threads */
    public void watch(Supplier<String> reason) {
        failureReason = reason;
    }

    /** The route completed. */
    public void delivered() {
        queue.complete(this, null);
    }

    /** The route ended with an unhandled error. */
    public void failed(String reason) {
        queue.complete(this, reason);
    }

    /** The event was not delivered and returns to its place. */
    public void giveBack() {
        queue.takeBack(this);
    }

    void started(Instant at) {
        startedAt = at;
    }

    Instant startedAt() {
        return startedAt;
    }

    String failure() {
        return failureReason.get();
    }
}
