package dev.livefeed.app.strategy;

import dev.livefeed.app.market.DayWindow;
import dev.livefeed.app.market.Sessions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tracks which sessions are open and what changes next, on the event clock. One writer. */
public final class SessionScheduler {

    /** More than a day: on the day of a change of the clock, a window may have no span. */
    private static final long LOOK_AHEAD = 2 * Timeframe.DAY;

    private final Map<String, DayWindow> windows;
    private final List<Consumer<SessionChange>> listeners = new ArrayList<>();
    private volatile long now = -1;
    private long nextChange = Long.MIN_VALUE;

    /** @param sessions the sessions; they may overlap */
    public SessionScheduler(Sessions sessions) {
        this.windows = sessions.windows();
    }

    /** Adds a listener, called for each change on the feed's thread. Must be added before the first event. */
    public void onChange(Consumer<SessionChange> listener) {
        listeners.add(listener);
    }

    /**
     * Advances the clock. Changes are reported in order of time, ends before starts; after a jump of more than a day
     * only the then open sessions are reported.
     */
    public void clock(long nowMicros) {
        if (nowMicros < nextChange && nowMicros >= now) {
            now = nowMicros;
            return;
        }
        long before = now;
        boolean leap = before < 0 || nowMicros < before || nowMicros - before > Timeframe.DAY;
        now = nowMicros;
        if (leap) {
            if (before >= 0) {
                open(before).forEach(name -> notifyListeners(new SessionChange(name, false, nowMicros)));
            }
            open(nowMicros).forEach(name -> notifyListeners(new SessionChange(name, true, nowMicros)));
        } else {
            for (SessionChange change : between(before, nowMicros)) {
                notifyListeners(change);
            }
        }
        SessionChange next = next();
        nextChange = next == null ? nowMicros + Timeframe.DAY : next.atMicros();
    }

    private void notifyListeners(SessionChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /** Names of the open sessions, in the configured order. */
    public List<String> open() {
        long at = now;
        return at < 0 ? List.of() : open(at);
    }

    /** The next change; null if no session is configured or no event has arrived yet. */
    public SessionChange next() {
        long at = now;
        if (at < 0) {
            return null;
        }
        List<SessionChange> upcoming = between(at, at + LOOK_AHEAD);
        return upcoming.isEmpty() ? null : upcoming.get(0);
    }

    /** Seconds of event time to the next change, or -1. */
    public long secondsToChange() {
        SessionChange next = next();
        return next == null ? -1 : (next.atMicros() - now) / 1_000_000;
    }

    /** The sessions of the past day and of the next one, in order of time. */
    public List<SessionPeriod> periods() {
        long at = now;
        if (at < 0) {
            return List.of();
        }
        List<SessionPeriod> periods = new ArrayList<>();
        windows.forEach((name, window) -> window.spans(at - Timeframe.DAY, at + Timeframe.DAY)
                .forEach(span -> periods.add(new SessionPeriod(name, window.toString(), span.start(), span.end()))));
        periods.sort(Comparator.comparingLong(SessionPeriod::startMicros).thenComparing(SessionPeriod::session));
        return periods;
    }

    private List<String> open(long micros) {
        List<String> names = new ArrayList<>();
        windows.forEach((name, window) -> {
            if (window.contains(micros)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Changes in {@code (after, until]}. */
    private List<SessionChange> between(long after, long until) {
        List<SessionChange> changes = new ArrayList<>();
        windows.forEach((name, window) -> {
            for (DayWindow.Span span : window.spans(after, until)) {
                if (span.start() > after && span.start() <= until) {
                    changes.add(new SessionChange(name, true, span.start()));
                }
                if (span.end() > after && span.end() <= until) {
                    changes.add(new SessionChange(name, false, span.end()));
                }
            }
        });
        changes.sort(Comparator.comparingLong(SessionChange::atMicros).thenComparing(SessionChange::opened));
        return changes;
    }
}
