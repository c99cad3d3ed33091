package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Trade;

/**
 * Where the newest trade of one symbol stands in time: by its exchange time, of equal ones by the exchange's sequence where both
 * have one, else by their arrival. A trade that comes behind a newer one is late. Not thread-safe.
 */
public final class NewestTrade {

    private static final long NONE = Long.MIN_VALUE;

    private long micros = NONE;
    private long seq = -1;

    /** Takes a trade that has come. Returns it, marked where it is late; what is marked already stays so. */
    public Trade take(Trade trade) {
        if (trade.late()) {
            return trade;
        }
        if (before(trade.timestampMicros(), trade.seq(), micros, seq)) {
            return trade.asLate();
        }
        seq = trade.timestampMicros() == micros ? Math.max(seq, trade.seq()) : trade.seq();
        micros = trade.timestampMicros();
        return trade;
    }

    /** Trades up to this time are known from before. */
    public void reach(long knownMicros) {
        if (knownMicros > micros) {
            micros = knownMicros;
            seq = -1;
        }
    }

    /** Time has stepped back to here: a newest trade beyond it was wrong, and nothing is known then. */
    public void forgetAfter(long nowMicros) {
        if (micros > nowMicros) {
            micros = NONE;
            seq = -1;
        }
    }

    /**
     * Whether a trade stands before another one in time.
     *
     * @param seq -1 where it has none
     */
    public static boolean before(long micros, long seq, long otherMicros, long otherSeq) {
        return micros < otherMicros || (micros == otherMicros && seq >= 0 && seq < otherSeq);
    }
}
