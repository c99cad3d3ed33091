package dev.livefeed.connector.feed;

import dev.livefeed.protocol.model.Trade;

/** The live trades of one symbol that change its book: neither block trades nor trades with hidden RPI orders. */
public final class LiveTrades {

    private long count;
    private Trade last;

    public void add(Trade trade) {
        if (!trade.blockTrade() && !trade.rpi()) {
            count++;
            last = trade;
        }
    }

    /** Number of trades so far. */
    public long count() {
        return count;
    }

    /** The one that was received last, or null. */
    public Trade last() {
        return last;
    }
}
