package dev.livefeed.bench;

import dev.livefeed.bench.ProbeFile.Counter;

/**
 * Counts events and checks that none is duplicate or out of order, and that missing trades are reported as lost before
 * the next trade. Not thread-safe.
 */
final class EventCount {

    private final ProbeFile file;
    private long events;
    private long trades;
    private long updates;
    private long snapshots;
    private long missing;
    private long reported;
    private long faults;
    private long lastTradeId = -1;

    EventCount(ProbeFile file) {
        this.file = file;
    }

    /** Counts a trade by the number at the end of its id and its sequence. */
    void trade(long id, long seq) {
        if (id <= lastTradeId) {
            faults++;
        } else {
            missing += id - lastTradeId - 1;
            lastTradeId = id;
            if (missing > reported) {
                faults++;
            }
        }
        trades++;
        file.set(Counter.TRADES, trades);
        event(seq);
    }

    /** Counts trades that are reported as lost. */
    void lost(long trades) {
        reported += trades;
        file.set(Counter.REPORTED, reported);
    }

    /** Counts a fault of an event that is neither trade nor depth. */
    void fault() {
        faults++;
        file.set(Counter.FAULTS, faults);
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
        // The connector may have merged the first updates too.
        updates += updateId - (previous < 0 ? Replay.FIRST_UPDATE - 1 : previous);
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
