package dev.livefeed.bench;

/**
 * What the feed has sent.
 *
 * @param trades number of trades
 * @param updates number of snapshots and deltas of books
 */
record Sent(long trades, long updates) {

    static final Sent NOTHING = new Sent(0, 0);

    Sent and(Sent other) {
        return new Sent(trades + other.trades, updates + other.updates);
    }
}
