package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Trade;

/**
 * Tracks the newest trade of one symbol, ordered by exchange time, then by the exchange's sequence, then by arrival. A
 * trade without a sequence has the highest one that came before it with its time, so that the order is a total one. A
 * trade older than the newest one is late. Not thread-safe.
 */
public final class NewestTrade {

    private static final long NONE = Long.MIN_VALUE;

    private long micros = NONE;
    private long seq = -1;

    /** Records a trade and returns it, marked as late if it is; an existing mark is kept. */
    public Trade take(Trade trade) {
        if (trade.late()) {
            return trade;
        }
        if (before(trade.timestampMicros(), trade.seq(), micros, seq)) {
            return trade.asLate();
        }
        seq = seqAfter(trade.timestampMicros(), trade.seq(), micros, seq);
        micros = trade.timestampMicros();
        return trade;
    }

    /** Sets the newest time, for trades of an earlier run. */
    public void reach(long knownMicros) {
        if (knownMicros > micros) {
            micros = knownMicros;
            seq = -1;
        }
    }

    /** The event clock has stepped back to this time: a newer trade time was wrong and is discarded. */
    public void forgetAfter(long nowMicros) {
        if (micros > nowMicros) {
            micros = NONE;
            seq = -1;
        }
    }

    /**
     * The sequence that trades after this one are compared with: of equal time the highest so far, so that a trade
     * without a sequence takes its place after those that came before it.
     */
    public static long seqAfter(long micros, long seq, long newestMicros, long newestSeq) {
        return micros == newestMicros ? Math.max(newestSeq, seq) : seq;
    }

    /**
     * Whether a trade is older than another one.
     *
     * @param seq -1 if unknown
     */
    public static boolean before(long micros, long seq, long otherMicros, long otherSeq) {
        return micros < otherMicros || (micros == otherMicros && seq >= 0 && seq < otherSeq);
    }
}
