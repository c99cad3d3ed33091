package dev.livefeed.app.sink;

import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events that a buffer did not take, by instrument and channel, until they can be announced in it as gaps. Not
 * thread-safe.
 */
final class SinkLosses {

    /** Beyond it, the events of further instruments and channels are one gap without a symbol. */
    private static final int MAX_GAPS = 500;

    private static final int MAX_GAP_BYTES = 1_000;
    private static final int MAX_REASON = 200;

    private static final Subject OTHERS = new Subject(null, null, null, null, null);

    /** What is lost; with a reason if it is not that of the other losses. */
    private record Subject(String venue, String channel, String category, String symbol, String reason) {}

    /** The losses of a subject: exchange times in microseconds, or -1. */
    private static final class Bounds {

        private long from = -1;
        private long to = -1;
        private long count;

        private void add(long first, long last, long more) {
            if (first >= 0) {
                from = from < 0 ? first : Math.min(from, first);
                to = Math.max(to, last);
            }
            count += more;
        }
    }

    private final Map<Subject, Bounds> bounds = new LinkedHashMap<>();

    boolean isEmpty() {
        return bounds.isEmpty();
    }

    void add(SinkEvent event) {
        bounds(new Subject(event.venue(), event.channel(), event.category(), event.symbol(), null))
                .add(event.timestampMicros(), event.timestampMicros(), 1);
    }

    /** Adds events of which nothing but the number is known. */
    void add(long unknown, String reason) {
        bounds.computeIfAbsent(new Subject(null, null, null, null, reason), s -> new Bounds())
                .add(-1, -1, unknown);
    }

    void add(SinkLosses others) {
        others.bounds.forEach((subject, more) -> bounds(subject).add(more.from, more.to, more.count));
    }

    private Bounds bounds(Subject subject) {
        boolean own = bounds.size() < MAX_GAPS || bounds.containsKey(subject);
        return bounds.computeIfAbsent(own ? subject : OTHERS, s -> new Bounds());
    }

    /** An upper bound of what the gaps take in a queue; their lines are not made for each event that finds no room. */
    long mostBytes() {
        return (long) bounds.size() * MAX_GAP_BYTES;
    }

    /**
     * One {@code gap} of the protocol for each instrument and channel.
     *
     * @param reason that of the losses that have none of their own, or null
     */
    List<Gap> gaps(String sink, String reason) {
        List<Gap> gaps = new ArrayList<>(bounds.size());
        bounds.forEach((subject, lost) -> {
            String why = shortened(subject.reason == null ? reason : subject.reason);
            gaps.add(new Gap(
                    new Head(null, subject.symbol, subject.channel, null, why, subject.venue),
                    subject.category,
                    instant(lost.from),
                    instant(lost.to),
                    lost.count,
                    new Extras(Map.of("sink", sink), List.of())));
        });
        return gaps;
    }

    private static String shortened(String reason) {
        return reason == null || reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
    }

    private static Instant instant(long micros) {
        return micros < 0 ? null : Times.instant(micros);
    }

    /** Removes the first of the {@link #gaps}. */
    void removeFirst() {
        bounds.remove(bounds.keySet().iterator().next());
    }
}
