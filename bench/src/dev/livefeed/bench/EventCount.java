package dev.livefeed.bench;

import dev.livefeed.bench.ProbeFile.Counter;

/** Counts events and checks that none is missing, duplicate or out of order. Not thread-safe. */
final class EventCount {

    private final ProbeFile file;
    private long events;
    private long trades;
    private long updates;
    private long snapshots;
    private long faults;
    private long lastTradeId = -1;

    EventCount(ProbeFile file) {
        this.file = file;
    }

    /** Counts a trade by the number at the end of its id and its sequence. */
    void trade(long id, long seq) {
        if (id != lastTradeId + 1 && lastTradeId >= 0) {
            faults++;
        }
        lastTradeId = id;
        trades++;
        file.set(Counter.TRADES, trades);
        event(seq);
    }

    /**
     * Counts a snapshot or a delta of a book.
     *
     * @param previous update id of the previous event of the book, or -1
     * @param continued previous update id according to the event, or -1
     */
    void depth(boolean snapshot, long previous, long continued, long updateId) {
        if (snapshot) {
            snapshots++;
            file.set(Counter.SNAPSHOTS, snapshots);
        }
        if (previous >= 0 && (updateId <= previous || (!snapshot && continued != previous))) {
            faults++;
        }
        updates += previous < 0 ? 1 : updateId - previous;
        file.set(Counter.UPDATES, updates);
        event(-updateId);
    }

    private void event(long key) {
        if (events == 0) {
            file.set(Counter.FIRST_EVENT, System.nanoTime());
        }
        if (file.recordsArrivals()) {
            file.arrival(key, System.nanoTime());
        }
        if (faults > 0) {
            file.set(Counter.FAULTS, faults);
        }
        file.set(Counter.EVENTS, ++events);
    }
}
