package dev.livefeed.connector.replay;

import dev.livefeed.protocol.model.Trade;
import java.util.Set;

/** Where a symbol goes on for a reader that has had the beginning already, as after the end of an earlier process. */
final class ResumePoint {

    private final long since;
    private final Set<String> known;
    private boolean reached;
    private boolean tradesReached;

    /**
     * @param since time of the last trade that the reader has, microseconds since 1970
     * @param known ids of its trades of that time
     */
    ResumePoint(long since, Set<String> known) {
        this.since = since;
        this.known = known;
    }

    /** Whether the recording has been found to be beyond what the reader has. */
    boolean reached() {
        return reached;
    }

    /**
     * Whether the recording is beyond what the reader has.
     *
     * @param timestampMicros exchange time of the symbol's event at hand
     */
    boolean reached(long timestampMicros) {
        reached |= timestampMicros > since;
        return reached;
    }

    /** Whether the reader does not have the trade. */
    boolean wants(Trade trade) {
        tradesReached |= trade.timestampMicros() > since;
        return tradesReached || (trade.timestampMicros() == since && !known.contains(trade.id()));
    }
}
