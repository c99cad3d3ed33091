package dev.livefeed.soak;

/** Decides whether no client could have detected the loss of a trade that the exchange omitted. */
interface UndetectableLoss {

    /**
     * Called for a trade that is neither delivered nor reported as lost.
     *
     * @param endedSoon whether the subscription ended before the connector had to compare the stream with REST again
     */
    boolean unknowable(String category, String symbol, MadeTrade row, boolean endedSoon);
}
