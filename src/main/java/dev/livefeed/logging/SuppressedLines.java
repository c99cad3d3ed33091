package dev.livefeed.logging;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Process-wide counts of suppressed log lines. */
public enum SuppressedLines {
    /** Lines of a connector's stderr. */
    STDERR,
    /** Statuses of a connector. */
    STATUS,
    /** Errors that a connector reported. */
    ERROR,
    /** Lines of this program, its routes and its libraries. */
    LINE,
    /** Stack traces; the line itself is logged. */
    STACK_TRACE;

    private final LongAdder count = new LongAdder();

    /** Counts one more. */
    public void add() {
        count.increment();
    }

    public long count() {
        return count.sum();
    }

    /** All counts by kind, including zeros. */
    public static Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (SuppressedLines kind : values()) {
            counts.put(kind.toString(), kind.count());
        }
        return counts;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
