package dev.livefeed.connector.replay;

import dev.livefeed.protocol.model.Trade;
import java.util.Set;

/** Where to resume a symbol for a reader that already has the beginning, such as after a restart of the process. */
final class ResumePoint {

    private final long since;
    private final Set<String> known;
    private boolean reached;
    private boolean tradesReached;

    /**
     * @param since exchange time of the last trade that the reader has, microseconds since 1970
     * @param known ids of the trades of that time that the reader has
     */
    ResumePoint(long since, Set<String> known) {
        this.since = since;
        this.known = known;
    }

    /** Whether the recording is known to be past the resume point. */
    boolean reached() {
        return reached;
    }

    /**
     * Updates and returns whether the recording is past the resume point.
     *
     * @param timestampMicros exchange time of the current event of the symbol
     */
    boolean reached(long timestampMicros) {
        reached |= timestampMicros > since;
        return reached;
    }

    /** Whether the reader does not have the trade yet. */
    boolean includes(Trade trade) {
        tradesReached |= trade.timestampMicros() > since;
        return tradesReached || (trade.timestampMicros() == since && !known.contains(trade.id()));
    }
}
