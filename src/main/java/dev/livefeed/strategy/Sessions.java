package dev.livefeed.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The session scheduler: which sessions are open, what changes next and when, on the clock of events. One writer. */
public final class Sessions {

    private static final long MINUTE = 60_000_000L;

    private final List<Session> sessions;
    private final List<Consumer<SessionChange>> listeners = new ArrayList<>();
    private volatile long now = -1;
    private long nextChange = Long.MIN_VALUE;

    /** @param sessions may overlap */
    public Sessions(List<Session> sessions) {
        this.sessions = List.copyOf(sessions);
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
                open(before).forEach(s -> tell(new SessionChange(s.name(), false, nowMicros)));
            }
            open(nowMicros).forEach(s -> tell(new SessionChange(s.name(), true, start(s, nowMicros))));
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
        return at < 0 ? List.of() : open(at).stream().map(Session::name).toList();
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

    private List<Session> open(long micros) {
        int minute = (int) (Math.floorMod(micros, Timeframe.DAY) / MINUTE);
        return sessions.stream().filter(s -> s.holds(minute)).toList();
    }

    private static long start(Session session, long micros) {
        return micros - Math.floorMod(micros, Timeframe.DAY) + session.startMinute() * MINUTE;
    }

    /** Changes after the one moment, up to and with the other. */
    private List<SessionChange> between(long after, long until) {
        List<SessionChange> changes = new ArrayList<>();
        long day = after - Math.floorMod(after, Timeframe.DAY);
        for (; day <= until; day += Timeframe.DAY) {
            for (Session session : sessions) {
                long begin = day + session.startMinute() * MINUTE;
                long end = day + session.endMinute() * MINUTE;
                if (begin > after && begin <= until) {
                    changes.add(new SessionChange(session.name(), true, begin));
                }
                if (end > after && end <= until) {
                    changes.add(new SessionChange(session.name(), false, end));
                }
            }
        }
        changes.sort(Comparator.comparingLong(SessionChange::atMicros).thenComparing(SessionChange::opened));
        return changes;
    }
}
