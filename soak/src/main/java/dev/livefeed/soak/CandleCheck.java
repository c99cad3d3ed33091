package dev.livefeed.soak;

import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.status.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The candles of one stream: each closes once or is covered by a gap, and another one of the same time is a correction.
 */
final class CandleCheck {

    private static final long MILLIS = 60_000;

    private final String name;
    private final SoakFigures figures;
    private final Map<Long, Kline> closed = new HashMap<>();
    private final List<long[]> gaps = new ArrayList<>();
    /** Starts of the candles since the subscription. */
    private final TreeSet<Long> seen = new TreeSet<>();

    CandleCheck(String name, SoakFigures figures) {
        this.name = name;
        this.figures = figures;
    }

    void candle(Kline candle) {
        long start = candle.startMicros() / 1_000;
        Kline before = closed.get(start);
        if (before != null && !candle.closed()) {
            throw new Violation(name + ": the candle of " + at(start) + " is open after it was closed");
        }
        if (candle.correction() != (before != null)) {
            throw new Violation(name + ": the candle of " + at(start)
                    + (before == null ? " is a correction of none" : " is closed twice: " + candle));
        }
        if (candle.correction()) {
            figures.candlesCorrected++;
            if (!figures.faultsByKind.containsKey("corrected") || sameFigures(before, candle)) {
                throw new Violation(name + ": a correction without another figure: " + candle);
            }
        }
        seen.add(start);
        if (candle.closed()) {
            figures.candlesClosed++;
            closed.put(start, candle);
        }
    }

    void gap(Status gap) {
        gaps.add(new long[] {millis(gap, "from"), millis(gap, "to")});
        figures.candleGaps++;
    }

    /** Another process begins, which does not know the candles of the last one. */
    void restarted() {
        seen.clear();
        closed.clear();
    }

    void unsubscribed() {
        verify();
        seen.clear();
    }

    /** Fails if a candle was left out that is long over. */
    private void verify() {
        // The gap of the last candle may not be due yet.
        Long last = seen.isEmpty() ? null : seen.lower(seen.last());
        String missing = last == null ? null : missing(last);
        if (missing != null) {
            throw new Violation(missing);
        }
    }

    /** Describes a candle that neither closed nor is in a gap; null if there is none. */
    String problem() {
        return seen.isEmpty() ? null : missing(seen.last());
    }

    private String missing(long before) {
        for (long start = seen.first(); start < before; start += MILLIS) {
            long of = start;
            if (!closed.containsKey(of) && gaps.stream().noneMatch(gap -> gap[0] <= of && gap[1] >= of + MILLIS - 1)) {
                return name + ": the candle of " + at(of) + " neither closed nor is in a gap";
            }
        }
        return null;
    }

    private static boolean sameFigures(Kline one, Kline other) {
        return same(one.open(), other.open())
                && same(one.high(), other.high())
                && same(one.low(), other.low())
                && same(one.close(), other.close())
                && same(one.volume(), other.volume())
                && same(one.turnover(), other.turnover());
    }

    private static boolean same(BigDecimal one, BigDecimal other) {
        return one.compareTo(other) == 0;
    }

    private static long millis(Status gap, String bound) {
        return Instant.parse((String) gap.details().get(bound)).toEpochMilli();
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
