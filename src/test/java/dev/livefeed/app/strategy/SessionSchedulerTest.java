package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSchedulerTest {

    private static final long DAY = 20_000 * Timeframe.DAY;
    private static final long HOUR = 3_600 * Timeframe.SECOND;

    private final List<String> told = new ArrayList<>();

    private SessionScheduler scheduler(String sessions) {
        SessionScheduler scheduler = new SessionScheduler(Sessions.parse(sessions));
        scheduler.onChange(c -> told.add((c.opened() ? "+" : "-") + c.session() + " " + c.at()));
        return scheduler;
    }

    @Test
    void reportsEachChangeOnceInOrder() {
        SessionScheduler scheduler = scheduler("london 08:00-12:00, overlap 12:00-16:30");
        scheduler.clock(DAY + 7 * HOUR);
        assertThat(told).isEmpty();
        assertThat(scheduler.secondsToChange()).isEqualTo(3_600);
        assertThat(scheduler.next().session()).isEqualTo("london");

        for (long at = DAY + 7 * HOUR; at < DAY + 17 * HOUR; at += 61 * Timeframe.SECOND) {
            scheduler.clock(at);
        }

        assertThat(told)
                .containsExactly(
                        "+london 2024-10-04T08:00:00Z",
                        "-london 2024-10-04T12:00:00Z",
                        "+overlap 2024-10-04T12:00:00Z",
                        "-overlap 2024-10-04T16:30:00Z");
        assertThat(scheduler.open()).isEmpty();
    }

    @Test
    void startsInsideASession() {
        SessionScheduler scheduler = scheduler("london 08:00-12:00");
        scheduler.clock(DAY + 9 * HOUR);

        assertThat(scheduler.open()).containsExactly("london");
        assertThat(told).hasSize(1).first().asString().startsWith("+london");
        assertThat(scheduler.next().opened()).isFalse();
    }

    @Test
    void sessionsOfTheDaysAroundNowAreListedInOrderOfTime() {
        SessionScheduler scheduler = scheduler("asia 23:00-02:00, london 08:00-12:00 Europe/London");
        assertThat(scheduler.periods()).isEmpty();

        scheduler.clock(DAY + 12 * HOUR);

        assertThat(scheduler.periods())
                .extracting(p -> p.session() + " " + p.window() + " " + p.start() + " " + p.end())
                .containsExactly(
                        "asia 23:00-02:00 2024-10-03T23:00:00Z 2024-10-04T02:00:00Z",
                        "london 08:00-12:00 Europe/London 2024-10-04T07:00:00Z 2024-10-04T11:00:00Z",
                        "asia 23:00-02:00 2024-10-04T23:00:00Z 2024-10-05T02:00:00Z",
                        "london 08:00-12:00 Europe/London 2024-10-05T07:00:00Z 2024-10-05T11:00:00Z");
    }

    @Test
    void sessionExtendsPastMidnight() {
        SessionScheduler scheduler = scheduler("asia 23:00-02:00");
        scheduler.clock(DAY + 22 * HOUR);
        scheduler.clock(DAY + 23 * HOUR);
        assertThat(scheduler.open()).containsExactly("asia");
        scheduler.clock(DAY + 25 * HOUR);
        assertThat(scheduler.open()).containsExactly("asia");
        assertThat(scheduler.secondsToChange()).isEqualTo(3_600);
        scheduler.clock(DAY + 26 * HOUR);

        assertThat(told).containsExactly("+asia 2024-10-04T23:00:00Z", "-asia 2024-10-05T02:00:00Z");
    }

    @Test
    void reportsAllChangesBetweenTwoEvents() {
        SessionScheduler scheduler = scheduler("a 08:00-09:00, b 09:00-10:00");
        scheduler.clock(DAY + 7 * HOUR);
        scheduler.clock(DAY + 11 * HOUR);

        assertThat(told).extracting(t -> t.substring(0, 2)).containsExactly("+a", "-a", "+b", "-b");
    }

    @Test
    void noChangesWithoutSessions() {
        SessionScheduler scheduler = scheduler("");
        scheduler.clock(DAY);
        scheduler.clock(DAY + 30 * HOUR);

        assertThat(told).isEmpty();
        assertThat(scheduler.next()).isNull();
        assertThat(scheduler.secondsToChange()).isEqualTo(-1);
    }

    private void run(String sessions, String from, String until) {
        SessionScheduler scheduler = scheduler(sessions);
        long end = micros(until);
        for (long at = micros(from); at <= end; at += 7 * 60 * Timeframe.SECOND) {
            scheduler.clock(at);
        }
    }

    private static long micros(String time) {
        return Instant.parse(time).getEpochSecond() * Timeframe.SECOND;
    }

    @Test
    void sessionsFollowTheClockOfTheirZoneThroughItsChange() {
        run(
                "london 08:00-12:00 Europe/London, newyork 09:30-16:00 America/New_York",
                "2026-10-24T12:00:00Z",
                "2026-10-26T22:00:00Z");

        // London has changed on the 25th, New York changes a week later.
        assertThat(told)
                .containsExactly(
                        "+newyork 2026-10-24T13:30:00Z",
                        "-newyork 2026-10-24T20:00:00Z",
                        "+london 2026-10-25T08:00:00Z",
                        "-london 2026-10-25T12:00:00Z",
                        "+newyork 2026-10-25T13:30:00Z",
                        "-newyork 2026-10-25T20:00:00Z",
                        "+london 2026-10-26T08:00:00Z",
                        "-london 2026-10-26T12:00:00Z",
                        "+newyork 2026-10-26T13:30:00Z",
                        "-newyork 2026-10-26T20:00:00Z");
    }

    @Test
    void sessionThatTheClockSkipsDoesNotOccurAndTheNextOneDoes() {
        run("short 02:10-02:50 America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T08:00:00Z");

        assertThat(told).containsExactly("+short 2026-03-09T06:10:00Z", "-short 2026-03-09T06:50:00Z");
    }

    @Test
    void nextChangeIsKnownOverADayWithoutOne() {
        SessionScheduler scheduler = scheduler("short 02:10-02:50 America/New_York");
        scheduler.clock(micros("2026-03-07T08:00:00Z"));

        assertThat(scheduler.next().at()).isEqualTo("2026-03-09T06:10:00Z");
    }

    @Test
    void sessionOverMidnightAndOverTheChangeOpensAndClosesOnce() {
        run("night 22:00-03:00 Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z");

        assertThat(told).containsExactly("+night 2026-10-24T20:00:00Z", "-night 2026-10-25T02:00:00Z");
    }
}
