package dev.livefeed.bench;

/** Send time of each frame of the first symbol, in nanoseconds of the monotonic clock. */
final class SendTimes {

    /** First sequence of a trade, see {@link Replay}. */
    static final long FIRST_SEQ = 100_000_000_000L;

    private final long[] bySeq;
    private final long[] byUpdate;

    /** @param maxFrames maximum number of frames */
    SendTimes(int maxFrames) {
        bySeq = new long[maxFrames];
        byUpdate = new long[maxFrames];
    }

    /** Records a frame with the number of frames and of book frames sent before it. */
    void frame(long number, long books, boolean trades, long nanos) {
        if (trades) {
            bySeq[(int) number] = nanos;
        } else {
            byUpdate[(int) books] = nanos;
        }
    }

    /** Send time of the trades with a sequence. */
    long trades(long seq) {
        return bySeq[(int) (seq - FIRST_SEQ)];
    }

    /** Send time of an update. */
    long update(long updateId) {
        return byUpdate[(int) (updateId - Replay.FIRST_UPDATE)];
    }
}
