package dev.livefeed.app.market;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of each day by the clock of a zone, such as {@code 08:00-12:00 Europe/London}. A day has one span: from the
 * start to the next time the clock reaches the end. A time that the clock skips is the moment of the change, so a
 * window within the skipped hour has no span that day; a time that occurs twice is the first one.
 */
public final class DayWindow {

    /** For messages that start with "must be". */
    public static final String RULE =
            "two different times of day such as 08:00-12:00, which are UTC unless a zone such as Europe/London follows";

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int DAY = 86_400;
    private static final Pattern FORM =
            Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)\\s*-\\s*(?:([01]\\d|2[0-3]):([0-5]\\d)|24:00)(?:\\s+(\\S+))?");

    private final int startSecond;
    private final int endSecond;
    private final ZoneId zone;
    /** The answer for the last time that was asked for, which holds until the next start or end. */
    private volatile Stretch last = new Stretch(new Span(0, 0), false);

    /**
     * Time from one moment to another, in microseconds since 1970.
     *
     * @param start inclusive
     * @param end exclusive
     */
    public record Span(long start, long end) {

        public boolean contains(long micros) {
            return micros >= start && micros < end;
        }
    }

    private record Stretch(Span span, boolean inside) {}

    private DayWindow(int startSecond, int endSecond, ZoneId zone) {
        this.startSecond = startSecond;
        this.endSecond = endSecond;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException if the text is not a window, with {@link #RULE}, or if the zone is unknown */
    public static DayWindow parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches()) {
            int start = second(form.group(1), form.group(2));
            int end = form.group(3) == null ? DAY : second(form.group(3), form.group(4));
            if (start != end) {
                return new DayWindow(start, end == 0 ? DAY : end, zone(form.group(5)));
            }
        }
        throw new IllegalArgumentException("\"" + text.strip() + "\" is not a window: it must be " + RULE);
    }

    private static ZoneId zone(String id) {
        if (id == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(ZoneId.getAvailableZoneIds().stream()
                    .filter(id::equalsIgnoreCase)
                    .findFirst()
                    .orElse(id));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + id
                    + "\" is not a time zone: it must be a region such as Europe/London or an offset such as +02:00");
        }
    }

    private static int second(String hour, String minute) {
        return Integer.parseInt(hour) * 3_600 + Integer.parseInt(minute) * 60;
    }

    /** Whether the window contains a time in microseconds since 1970. */
    public boolean contains(long micros) {
        Stretch stretch = last;
        if (!stretch.span.contains(micros)) {
            stretch = stretch(micros);
            last = stretch;
        }
        return stretch.inside;
    }

    private Stretch stretch(long micros) {
        long before = Long.MIN_VALUE;
        long after = Long.MAX_VALUE;
        for (Span span : spans(micros - 2 * DAY_MICROS, micros + 2 * DAY_MICROS)) {
            if (span.contains(micros)) {
                return new Stretch(span, true);
            }
            before = span.end <= micros ? Math.max(before, span.end) : before;
            after = span.start > micros ? Math.min(after, span.start) : after;
        }
        boolean known = before > Long.MIN_VALUE && after < Long.MAX_VALUE;
        return new Stretch(known ? new Span(before, after) : new Span(micros, micros + 1), false);
    }

    /** The spans that start or end in {@code (after, until]}, in order of time. */
    public List<Span> spans(long after, long until) {
        List<Span> spans = new ArrayList<>();
        LocalDate end = date(until).plusDays(1);
        for (LocalDate day = date(after).minusDays(2); !day.isAfter(end); day = day.plusDays(1)) {
            Span span = new Span(
                    micros(day, startSecond), micros(endSecond > startSecond ? day : day.plusDays(1), endSecond));
            boolean within = span.start > after && span.start <= until || span.end > after && span.end <= until;
            if (span.start < span.end && within) {
                spans.add(span);
            }
        }
        return spans;
    }

    /**
     * The first span that ends on a UTC day or at its end; null if there is none. A change of the clock may move the
     * end of a span that is near midnight into the UTC day before or behind: two spans end on one day then, of which
     * the second is not counted, and none on the other.
     */
    public Span endingOn(LocalDate utcDay) {
        long midnight = utcDay.toEpochDay() * DAY_MICROS;
        for (Span span : spans(midnight, midnight + DAY_MICROS)) {
            if (span.end > midnight && span.end <= midnight + DAY_MICROS) {
                return span;
            }
        }
        return null;
    }

    private LocalDate date(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L))
                .atZone(zone)
                .toLocalDate();
    }

    private long micros(LocalDate day, int second) {
        LocalDateTime time = day.atStartOfDay().plusSeconds(second);
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        long seconds = change != null && change.isGap()
                ? change.toEpochSecond()
                : time.toEpochSecond(
                        change != null
                                ? change.getOffsetBefore()
                                : zone.getRules().getOffset(time));
        return seconds * 1_000_000L;
    }

    @Override
    public String toString() {
        return LocalTime.ofSecondOfDay(startSecond) + "-"
                + (endSecond == DAY
                        ? "24:00"
                        : LocalTime.ofSecondOfDay(endSecond).toString())
                + (zone.equals(ZoneOffset.UTC) ? "" : " " + zone);
    }
}
