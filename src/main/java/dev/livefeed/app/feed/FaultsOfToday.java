package dev.livefeed.app.feed;

/** What went wrong with the data of a source since 00:00 UTC, and what was repaired. Thread-safe. */
public final class FaultsOfToday {

    private final DayCounter gaps = new DayCounter();
    private final DayCounter repairedTrades = new DayCounter();
    private final DayCounter resyncs = new DayCounter();
    private final DayCounter disconnects = new DayCounter();

    FaultsOfToday() {}

    void gap() {
        gaps.add(1);
    }

    void repaired(long trades) {
        repairedTrades.add(trades);
    }

    void resync() {
        resyncs.add(1);
    }

    void disconnected() {
        disconnects.add(1);
    }

    /** Reports of events that are lost for good. */
    public long gaps() {
        return gaps.count();
    }

    /** Trades that were missed and fetched. */
    public long repairedTrades() {
        return repairedTrades.count();
    }

    /** Books that were requested again. */
    public long resyncs() {
        return resyncs.count();
    }

    /** Lost connections. */
    public long disconnects() {
        return disconnects.count();
    }
}
