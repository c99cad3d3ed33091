package dev.livefeed.app.sink;

import dev.livefeed.app.queue.DroppedEvents;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot of a buffer.
 *
 * @param types types of the events that it takes
 * @param read whether a route reads it
 * @param fed whether a route sends events to the buffers
 */
public record SinkView(
        String name,
        List<String> types,
        Waiting waiting,
        Counters counters,
        Losses losses,
        Failures failures,
        boolean read,
        boolean fed) {

    /**
     * What is not delivered.
     *
     * @param events number of events, including those in delivery
     * @param bytes size of the files
     * @param limitBytes maximum size of the files
     * @param oldestMillis age of the oldest of them; 0 if there is none
     */
    public record Waiting(long events, long bytes, long limitBytes, long oldestMillis) {}

    /**
     * Counters since the application started, and the sequence number of the last delivered line.
     *
     * @param taken events taken into the buffer
     * @param delivered lines that the sink has taken
     * @param lost events that were not taken
     * @param damaged lines that could not be read again
     * @param refused those of the delivered lines that the sink has refused for good and that were set aside
     */
    public record Counters(long taken, long delivered, long lost, long damaged, long refused, long sequence) {}

    /**
     * Events that were not taken.
     *
     * @param ongoing whether they are not yet announced as gaps
     * @param last the ongoing loss or the last one, or null
     * @param reason why, or null
     */
    public record Losses(boolean ongoing, DroppedEvents last, String reason) {}

    /**
     * What fails.
     *
     * @param since since when the sink takes nothing, or null
     * @param last why, or the reason of the last failure; null if there was none
     * @param diskSince since when the disk cannot be used, or null
     * @param disk why, or null
     * @param refusedAt when the last line was refused for good, or null
     * @param refusal why and where it was set aside, or null
     */
    public record Failures(
            Instant since, String last, Instant diskSince, String disk, Instant refusedAt, String refusal) {}

    /** The share of the disk space in use, 0 to 1. */
    public double fill() {
        return (double) waiting.bytes() / waiting.limitBytes();
    }
}
