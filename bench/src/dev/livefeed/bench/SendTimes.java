package dev.livefeed.bench;

/** When each frame of the first symbol was written to its socket, nanoseconds of the machine's monotonic clock. */
final class SendTimes {

    /** What a trade's sequence begins at, see {@link Replay}. */
    static final long FIRST_SEQ = 100_000_000_000L;

    private final long[] bySeq;
    private final long[] byUpdate;

    /** @param most frames that may be sent */
    SendTimes(int most) {
        bySeq = new long[most];
        byUpdate = new long[most];
    }

    /** Notes a frame: the number of frames before it and, of book frames, of book frames before it. */
    void frame(long number, long books, boolean trades, long nanos) {
        if (trades) {
            bySeq[(int) number] = nanos;
        } else {
            byUpdate[(int) books] = nanos;
        }
    }

    /** When the trades with this sequence were sent. */
    long trades(long seq) {
        return bySeq[(int) (seq - FIRST_SEQ)];
    }

    /** When the update was sent. */
    long update(long updateId) {
        return byUpdate[(int) (updateId - Replay.FIRST_UPDATE)];
    }
}
