package dev.livefeed.bench;

import dev.livefeed.bench.ProbeFile.Counter;

/** Counts what arrives and checks that nothing is missing, twice or out of order. One thread. */
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

    /** A trade with the number at the end of its id and its sequence. */
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
     * A snapshot or a change of a book.
     *
     * @param previous the last update before this one of the same book, or -1 where there was none
     * @param continued the update this one says that it continues, or -1
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
        if (file.takesArrivals()) {
            file.arrival(key, System.nanoTime());
        }
        if (faults > 0) {
            file.set(Counter.FAULTS, faults);
        }
        file.set(Counter.EVENTS, ++events);
    }
}
