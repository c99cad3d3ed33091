package dev.livefeed.exchange.market;

/**
 * The resting orders of an instrument by price, with the sequence and the time of the last change. Not thread-safe.
 */
public final class Book {

    private final Ladder bids = new Ladder(true);
    private final Ladder asks = new Ladder(false);
    private long version;
    private long sequence;
    private long changedAt;

    public Ladder bids() {
        return bids;
    }

    public Ladder asks() {
        return asks;
    }

    public Ladder side(boolean bid) {
        return bid ? bids : asks;
    }

    /** Ends a group of changes that belong to one step of the matching engine. */
    void changed(long sequence, long at) {
        version++;
        this.sequence = sequence;
        changedAt = at;
    }

    /** Increases with every change. */
    public long version() {
        return version;
    }

    /** The cross sequence of the last change. */
    public long sequence() {
        return sequence;
    }

    /** When the matching engine made the last change, in milliseconds since 1970. */
    public long changedAt() {
        return changedAt;
    }

    /** The mid price, in ticks. */
    double mid() {
        return (bids.price(0) + asks.price(0)) / 2.0;
    }
}
