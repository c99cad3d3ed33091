package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    @Test
    void firstOfOverlappingWindowsApplies() {
        Sessions sessions = Sessions.parse("open 08:00-09:00, london 08:00-12:00");

        assertThat(at(sessions, "08:59:59.999999")).isEqualTo("open");
        assertThat(at(sessions, "09:00:00")).isEqualTo("london");
    }

    @Test
    void windowMayExtendPastMidnight() {
        Sessions sessions = Sessions.parse("asia 22:00-06:00, last 06:00-24:00");

        assertThat(at(sessions, "21:59:59")).isEqualTo("last");
        assertThat(at(sessions, "22:00:00")).isEqualTo("asia");
        assertThat(at(sessions, "00:00:00")).isEqualTo("asia");
        assertThat(at(sessions, "05:59:59.999999")).isEqualTo("asia");
        assertThat(at(sessions, "06:00:00")).isEqualTo("last");
    }

    @Test
    void sessionsMayBeEmpty() {
        assertThat(Sessions.parse(" ").windows()).isEmpty();
        assertThat(at(Sessions.parse(""), "12:00:00")).isNull();
    }

    @Test
    void windowsPrintAsTheyWereParsed() {
        assertThat(DayWindow.parse("08:00-08:10")).hasToString("08:00-08:10");
        assertThat(DayWindow.parse("06:00 - 24:00")).hasToString("06:00-24:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "london",
                "london 8-12",
                "london 08:00-08:00",
                "london 08:00-25:00",
                "london 08:00-12:60",
                "a 08:00-09:00,",
                "a 08:00-09:00, a 10:00-11:00",
                "1st 08:00-09:00"
            })
    void invalidSessionIsRejectedWithTheRule(String text) {
        assertThatThrownBy(() -> Sessions.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String at(Sessions sessions, String time) {
        return sessions.at(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-03-01T" + time + "Z")));
    }
}
