package dev.livefeed.soak;

/** Whether a trade that the exchange left out in silence can be known by nobody. */
interface Excuse {

    /**
     * Asked for a trade that is neither delivered nor announced as lost.
     *
     * @param leftSoon the stream was left before the connector had to look again at what the exchange says it made
     */
    boolean unknowable(WantedStream stream, TapeRow row, boolean leftSoon);
}
