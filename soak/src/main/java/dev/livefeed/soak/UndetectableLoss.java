package dev.livefeed.soak;

/** Tells whether a trade that the exchange left out silently could not be noticed by any client. */
interface UndetectableLoss {

    /**
     * Asked for a trade that is neither delivered nor announced as lost.
     *
     * @param leftSoon the stream was left before the connector had to look again at what the exchange says it made
     */
    boolean unknowable(StreamRequest stream, MadeTrade row, boolean leftSoon);
}
