package dev.livefeed.app.history;

import dev.livefeed.protocol.model.Times;
import java.time.Instant;
import java.util.List;

/**
 * The candles of one instrument in a part of the past day.
 *
 * @param fromMicros start of the part, microseconds since 1970
 * @param toMicros end of the part, exclusive
 * @param candles oldest first; a period without trades has none
 * @param missing periods of which trades may be missing, oldest first, at most {@link #MOST_MISSING}
 */
public record PastCandles(long fromMicros, long toMicros, List<PastCandle> candles, List<Period> missing) {

    /** If there are more periods than these, the last one extends to the end of all. */
    public static final int MOST_MISSING = 100;

    /**
     * Whole minutes.
     *
     * @param fromMicros start, microseconds since 1970
     * @param toMicros end, exclusive
     */
    public record Period(long fromMicros, long toMicros) {

        public Instant from() {
            return Times.instant(fromMicros);
        }

        public Instant to() {
            return Times.instant(toMicros);
        }
    }

    /** Whether no trade can be missing. */
    public boolean complete() {
        return missing.isEmpty();
    }
}
