package dev.livefeed.app.queue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects a {@link DroppedEvents}. Not thread-safe. */
public final class DropCounter {

    private static final int MAX_SYMBOLS = 20;
    private static final String OTHERS = "others";
    private static final String NONE = "none";

    private final Map<String, Long> symbols = new LinkedHashMap<>();
    private long events;
    private Instant since;
    private Instant until;
    private long from = -1;
    private long to = -1;

    public void add(QueueSubject subject, Instant at) {
        add(subject, 1, at);
    }

    /** Adds several events of a subject. */
    public void add(QueueSubject subject, long count, Instant at) {
        Instant now = at.truncatedTo(ChronoUnit.MILLIS);
        events += count;
        if (since == null) {
            since = now;
        }
        until = now;
        long time = subject.timestampMicros();
        if (time >= 0) {
            from = from < 0 ? time : Math.min(from, time);
            to = Math.max(to, time);
        }
        String symbol = subject.symbol() == null ? NONE : subject.symbol();
        symbols.merge(symbols.size() < MAX_SYMBOLS || symbols.containsKey(symbol) ? symbol : OTHERS, count, Long::sum);
    }

    public DroppedEvents loss() {
        return new DroppedEvents(events, since, until, from, to, Map.copyOf(symbols));
    }
}
