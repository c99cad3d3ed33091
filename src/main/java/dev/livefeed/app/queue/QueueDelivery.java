package dev.livefeed.app.queue;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * An event in delivery. It stays in its queue's account until {@link #delivered}, or comes back to the head by {@link
 * #giveBack}. The first of these calls counts; a delivery that ends after the event was given back still takes it out
 * if nobody has begun to deliver it again.
 */
public final class QueueDelivery<E> {

    private final BoundedQueue<E> queue;
    private final E event;
    final long number;
    final long takenNanos;
    private volatile Instant lentAt;
    private volatile Supplier<String> trouble = () -> null;

    QueueDelivery(BoundedQueue<E> queue, E event, long number, long takenNanos) {
        this.queue = queue;
        this.event = event;
        this.number = number;
        this.takenNanos = takenNanos;
    }

    public E event() {
        return event;
    }

    /** @param why asked by other threads for the reason of the last attempt to deliver it, or null where none failed */
    public void watch(Supplier<String> why) {
        trouble = why;
    }

    /** Its route ended well. */
    public void delivered() {
        queue.settle(this, null);
    }

    /** Its route gave it up. */
    public void failed(String why) {
        queue.settle(this, why);
    }

    /** It was not delivered and goes back to its place. */
    public void giveBack() {
        queue.takeBack(this);
    }

    void lent(Instant at) {
        lentAt = at;
    }

    Instant lentAt() {
        return lentAt;
    }

    String failure() {
        return trouble.get();
    }
}
