package dev.livefeed.app.api.response.strategy;

import dev.livefeed.app.strategy.SessionChange;
import dev.livefeed.app.strategy.SessionScheduler;
import java.time.Instant;
import java.util.List;

/**
 * The open sessions and the next change.
 *
 * @param periods sessions of the past day and of the next one, in order of time
 */
public record SessionsBody(List<String> open, String next, Instant nextAt, Long secondsToChange, List<Period> periods) {

    /** @param window times of day and zone, as configured */
    public record Period(String session, String window, Instant start, Instant end) {}

    public static SessionsBody of(SessionScheduler sessions) {
        SessionChange next = sessions.next();
        return new SessionsBody(
                sessions.open(),
                next == null ? null : (next.opened() ? "open " : "close ") + next.session(),
                next == null ? null : next.at(),
                next == null ? null : sessions.secondsToChange(),
                sessions.periods().stream()
                        .map(period -> new Period(period.session(), period.window(), period.start(), period.end()))
                        .toList());
    }
}
