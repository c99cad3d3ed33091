package dev.livefeed.app.strategy;

import dev.livefeed.app.market.DayWindow;
import dev.livefeed.app.market.Sessions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The session scheduler: which sessions are open, what changes next and when, on the clock of events. One writer. */
public final class SessionScheduler {

    private static final long SECOND = 1_000_000L;

    private final Map<String, DayWindow> windows;
    private final List<Consumer<SessionChange>> listeners = new ArrayList<>();
    private volatile long now = -1;
    private long nextChange = Long.MIN_VALUE;

    /** @param sessions may overlap */
    public SessionScheduler(Sessions sessions) {
        this.windows = sessions.windows();
    }

    /** Told of each change, on the thread that brings the events; to be added before the first one. */
    public void onChange(Consumer<SessionChange> listener) {
        listeners.add(listener);
    }

    /**
     * The clock has come so far. Changes are told in the order of their time, ends before beginnings; after a leap of
     * more than a day only what is open then is told.
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
                open(before).forEach(name -> tell(new SessionChange(name, false, nowMicros)));
            }
            open(nowMicros).forEach(name -> tell(new SessionChange(name, true, nowMicros)));
        } else {
            for (SessionChange change : between(before, nowMicros)) {
                tell(change);
            }
        }
        List<SessionChange> ahead = between(nowMicros, nowMicros + Timeframe.DAY);
        nextChange = ahead.isEmpty() ? Long.MAX_VALUE : ahead.get(0).atMicros();
    }

    private void tell(SessionChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /** Names of the sessions that are open, in the order of the setting. */
    public List<String> open() {
        long at = now;
        return at < 0 ? List.of() : open(at);
    }

    /** The next change, or null where no session is set or no event came yet. */
    public SessionChange next() {
        long at = now;
        if (at < 0) {
            return null;
        }
        List<SessionChange> ahead = between(at, at + Timeframe.DAY);
        return ahead.isEmpty() ? null : ahead.get(0);
    }

    /** Seconds of event time to the next change, or -1 where none is planned. */
    public long secondsToChange() {
        SessionChange next = next();
        return next == null ? -1 : (next.atMicros() - now) / 1_000_000;
    }

    private List<String> open(long micros) {
        int second = (int) (Math.floorMod(micros, Timeframe.DAY) / SECOND);
        List<String> names = new ArrayList<>();
        windows.forEach((name, window) -> {
            if (window.contains(second)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Changes after the one moment, up to and with the other. */
    private List<SessionChange> between(long after, long until) {
        List<SessionChange> changes = new ArrayList<>();
        long first = after - Math.floorMod(after, Timeframe.DAY) - Timeframe.DAY;
        for (long day = first; day <= until; day += Timeframe.DAY) {
            for (Map.Entry<String, DayWindow> session : windows.entrySet()) {
                DayWindow window = session.getValue();
                long begin = day + window.startSecond() * SECOND;
                long end = day + window.endSecond() * SECOND + (window.wraps() ? Timeframe.DAY : 0);
                if (begin > after && begin <= until) {
                    changes.add(new SessionChange(session.getKey(), true, begin));
                }
                if (end > after && end <= until) {
                    changes.add(new SessionChange(session.getKey(), false, end));
                }
            }
        }
        changes.sort(Comparator.comparingLong(SessionChange::atMicros).thenComparing(SessionChange::opened));
        return changes;
    }
}
