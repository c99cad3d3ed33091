package dev.livefeed.app.queue;

import java.time.Instant;

/**
 * A snapshot of a queue.
 *
 * @param size undelivered events, including those in delivery
 * @param oldestMillis age of the oldest of them; 0 if there is none
 * @param readers number of reading threads
 */
public record QueueView(
        String name,
        int size,
        int capacity,
        long oldestMillis,
        int readers,
        Counters counters,
        Losses losses,
        Failures failures) {

    /**
     * Counters since the application started.
     *
     * @param taken events accepted into the queue
     * @param delivered events whose route completed
     * @param failed events lost because their route ended with an unhandled error
     * @param dropped events discarded because the queue was full, without an error for the sender
     * @param refused events rejected because the queue was full, with an error for the sender
     */
    public record Counters(long taken, long delivered, long failed, long dropped, long refused) {}

    /**
     * Events that were dropped.
     *
     * @param ongoing whether events were dropped and the queue has not drained since
     * @param last the ongoing loss or the last one, or null
     */
    public record Losses(boolean ongoing, DroppedEvents last) {}

    /**
     * Deliveries that failed.
     *
     * @param lastAt time of the last failed delivery, or null
     * @param since start of the delivery that fails and is being retried, or null
     * @param reason why it fails, or the reason of the last failure; null if there was none
     */
    public record Failures(Instant lastAt, Instant since, String reason) {}

    public long taken() {
        return counters.taken();
    }

    public long delivered() {
        return counters.delivered();
    }

    public long failed() {
        return counters.failed();
    }

    public long dropped() {
        return counters.dropped();
    }

    public long refused() {
        return counters.refused();
    }

    public boolean dropping() {
        return losses.ongoing();
    }

    public DroppedEvents lastLoss() {
        return losses.last();
    }

    public Instant failedAt() {
        return failures.lastAt();
    }

    public Instant failingSince() {
        return failures.since();
    }

    public String failure() {
        return failures.reason();
    }

    /** The share of the capacity in use, 0 to 1. */
    public double fill() {
        return (double) size / capacity;
    }
}
