package dev.livefeed.app.queue;

import java.time.Instant;

/**
 * A queue at one moment.
 *
 * @param size events taken in and not yet delivered, those in delivery included
 * @param oldestMillis how long the oldest of them has been here; 0 where there is none
 * @param taken events taken in
 * @param delivered events whose route ended well
 * @param failed events whose route ended with an error that nothing handled: they are gone
 * @param failedAt when the last of them did, or null
 * @param dropped events that found no room, without a word to their sender
 * @param refused events that found no room, with an exception to their sender
 * @param readers threads that read it
 * @param dropping whether the loss goes on: something was dropped and there has been no room to speak of since
 * @param lastLoss the loss that goes on or the last one that ended, or null
 * @param failingSince when the delivery began that fails and is tried again, or null
 * @param failure why it fails, or the last reason of one that failed; null where none did
 */
public record QueueView(
        String name,
        int size,
        int capacity,
        long oldestMillis,
        long taken,
        long delivered,
        long failed,
        Instant failedAt,
        long dropped,
        long refused,
        int readers,
        boolean dropping,
        DroppedEvents lastLoss,
        Instant failingSince,
        String failure) {

    /** How full it is: 0 to 1. */
    public double fill() {
        return (double) size / capacity;
    }
}
