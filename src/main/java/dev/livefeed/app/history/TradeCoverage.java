package dev.livefeed.app.history;

import java.util.ArrayList;
import java.util.List;

/**
 * The time of which every trade of a subscription was received: since its start, without the gaps that were reported,
 * and while the feed is not lost. Times are microseconds since 1970. Not thread-safe.
 */
final class TradeCoverage {

    static final long NEVER = Long.MAX_VALUE;

    /** Beyond this, the two oldest gaps become one. */
    static final int MOST_GAPS = 200;

    private record Hole(long from, long to) {}

    private long since = NEVER;
    private long lostAt = NEVER;
    private final List<Hole> gaps = new ArrayList<>();

    /** A copy that does not change. */
    TradeCoverage copy() {
        TradeCoverage copy = new TradeCoverage();
        copy.since = since;
        copy.lostAt = lostAt;
        copy.gaps.addAll(gaps);
        return copy;
    }

    /**
     * Trades are subscribed, or subscribed again.
     *
     * @param from from when on they come or are reported as a gap
     */
    void subscribed(long from) {
        if (since == NEVER) {
            since = from;
        } else if (from > lostAt) {
            gap(lostAt, from);
        }
        lostAt = NEVER;
    }

    /** The feed is lost; trades after the given one may be missing until it is subscribed again. */
    void lost(long newestTrade) {
        lostAt = Math.min(lostAt, newestTrade);
    }

    /** Trades of this time are lost for good. */
    void gap(long from, long to) {
        gaps.add(new Hole(from, to));
        if (gaps.size() > MOST_GAPS) {
            Hole first = gaps.remove(0);
            Hole second = gaps.remove(0);
            gaps.add(0, new Hole(Math.min(first.from(), second.from()), Math.max(first.to(), second.to())));
        }
    }

    /** Gaps before this time are of no interest any more. */
    void forgetBefore(long micros) {
        gaps.removeIf(gap -> gap.to() < micros);
    }

    /** The clock has stepped back to this time. */
    void forgetAfter(long micros) {
        since = since == NEVER ? NEVER : Math.min(since, micros);
        lostAt = lostAt == NEVER ? NEVER : Math.min(lostAt, micros);
        gaps.removeIf(gap -> gap.from() > micros);
    }

    /** Whether every trade from one time to the other, exclusive, was received. */
    boolean covers(long from, long to) {
        return from >= since && to <= lostAt && gaps.stream().noneMatch(gap -> gap.from() < to && gap.to() >= from);
    }
}
