package dev.livefeed.exchange.market;

/** A candle in ticks and lots; mutable while it is open. */
public final class BuiltCandle {

    private final long start;
    private long open;
    private long high;
    private long low;
    private long close;
    private long lots;
    private double turnover;

    BuiltCandle(long start, long price) {
        this(start, price, price, price, price, 0, 0);
    }

    BuiltCandle(long start, long open, long high, long low, long close, long lots, double turnover) {
        this.start = start;
        this.open = open;
        this.high = high;
        this.low = low;
        this.close = close;
        this.lots = lots;
        this.turnover = turnover;
    }

    BuiltCandle startingAt(long otherStart) {
        return new BuiltCandle(otherStart, open, high, low, close, lots, turnover);
    }

    /** Adds one trade. */
    void trade(long price, long size, double value) {
        high = Math.max(high, price);
        low = Math.min(low, price);
        close = price;
        lots += size;
        turnover += value;
    }

    /** Merges the candle that follows in time. */
    void append(BuiltCandle next) {
        high = Math.max(high, next.high);
        low = Math.min(low, next.low);
        close = next.close;
        lots += next.lots;
        turnover += next.turnover;
    }

    /** Milliseconds since 1970. */
    public long start() {
        return start;
    }

    public long open() {
        return open;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public long close() {
        return close;
    }

    public long lots() {
        return lots;
    }

    /** In quote coin; in base coin for inverse. */
    public double turnover() {
        return turnover;
    }
}
