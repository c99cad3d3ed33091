package dev.livefeed.app.api.response.strategy;

import dev.livefeed.app.strategy.SessionChange;
import dev.livefeed.app.strategy.SessionScheduler;
import java.time.Instant;
import java.util.List;

/** The open sessions and the next change. */
public record SessionsBody(List<String> open, String next, Instant nextAt, Long secondsToChange) {

    public static SessionsBody of(SessionScheduler sessions) {
        SessionChange next = sessions.next();
        return new SessionsBody(
                sessions.open(),
                next == null ? null : (next.opened() ? "open " : "close ") + next.session(),
                next == null ? null : next.at(),
                next == null ? null : sessions.secondsToChange());
    }
}
