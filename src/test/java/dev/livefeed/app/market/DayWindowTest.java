package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayWindowTest {

    private static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }

    private static List<String> spans(String window, String from, String until) {
        return DayWindow.parse(window).spans(micros(from), micros(until)).stream()
                .map(span -> Times.instant(span.start()) + " " + Times.instant(span.end()))
                .toList();
    }

    @Test
    void followsDaylightSavingTime() {
        DayWindow london = DayWindow.parse("08:00-12:00 Europe/London");

        assertThat(london.contains(micros("2026-06-15T06:59:59.999999Z"))).isFalse();
        assertThat(london.contains(micros("2026-06-15T07:00:00Z"))).isTrue();
        assertThat(london.contains(micros("2026-06-15T11:00:00Z"))).isFalse();
        assertThat(london.contains(micros("2026-12-15T07:30:00Z"))).isFalse();
        assertThat(london.contains(micros("2026-12-15T11:30:00Z"))).isTrue();
    }

    @Test
    void eachDayOfAChangeHasOneSpan() {
        assertThat(spans("08:00-12:00 Europe/London", "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly(
                        "2026-03-28T08:00:00Z 2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z 2026-03-29T11:00:00Z");
        assertThat(spans("09:30-16:00 America/New_York", "2026-10-31T00:00:00Z", "2026-11-02T00:00:00Z"))
                .containsExactly(
                        "2026-10-31T13:30:00Z 2026-10-31T20:00:00Z", "2026-11-01T14:30:00Z 2026-11-01T21:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        // The clock of New York skips 02:00-03:00 on 2026-03-08, at 07:00 UTC.
        "01:30-03:00 America/New_York, 2026-03-08T06:30:00Z 2026-03-08T07:00:00Z",
        "01:30-02:30 America/New_York, 2026-03-08T06:30:00Z 2026-03-08T07:00:00Z",
        "02:30-04:00 America/New_York, 2026-03-08T07:00:00Z 2026-03-08T08:00:00Z",
        "22:00-02:30 America/New_York, 2026-03-08T03:00:00Z 2026-03-08T07:00:00Z"
    })
    void skippedTimeIsTheMomentOfTheChange(String window, String span) {
        assertThat(spans(window, "2026-03-08T02:00:00Z", "2026-03-08T12:00:00Z"))
                .contains(span);
    }

    @Test
    void windowWithinTheSkippedHourDoesNotOccur() {
        assertThat(spans("02:10-02:50 America/New_York", "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z"))
                .containsExactly("2026-03-09T06:10:00Z 2026-03-09T06:50:00Z");
        assertThat(DayWindow.parse("02:10-02:50 America/New_York").contains(micros("2026-03-08T07:20:00Z")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // 01:00-02:00 occurs twice on 2026-11-01: at 05:00 UTC and again at 06:00 UTC.
        "00:30-01:30 America/New_York, 2026-11-01T04:30:00Z 2026-11-01T05:30:00Z",
        "01:30-02:30 America/New_York, 2026-11-01T05:30:00Z 2026-11-01T07:30:00Z",
        "01:10-01:20 America/New_York, 2026-11-01T05:10:00Z 2026-11-01T05:20:00Z"
    })
    void timeThatOccursTwiceIsTheFirst(String window, String span) {
        assertThat(spans(window, "2026-11-01T04:00:00Z", "2026-11-01T12:00:00Z"))
                .containsExactly(span);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/London",
                "America/New_York",
                "Asia/Tokyo",
                "Australia/Lord_Howe",
                "America/Santiago",
                "Asia/Beirut",
                "Atlantic/Azores",
                "Pacific/Apia",
                "+05:45",
                "UTC"
            })
    void agreesWithTheClockOnTheWallAwayFromChanges(String zone) {
        ZoneId id = ZoneId.of(zone);
        List<Instant> instants = new ArrayList<>();
        for (Instant at = Instant.parse("2025-12-31T00:00:00Z");
                at.isBefore(Instant.parse("2027-01-02T00:00:00Z"));
                at = at.plus(Duration.ofMinutes(17))) {
            if (!changesWithinADay(id, at)) {
                instants.add(at);
            }
        }
        assertThat(instants).hasSizeGreaterThan(30_000);
        for (String window : List.of("08:00-12:00", "22:30-03:15", "00:00-24:00", "23:00-00:00")) {
            DayWindow day = DayWindow.parse(window + " " + zone);
            LocalTime start = LocalTime.parse(window.substring(0, 5));
            String last = window.substring(6);
            LocalTime end = LocalTime.parse(last.equals("24:00") ? "00:00" : last);
            boolean wraps = !end.isAfter(start);
            List<Instant> wrong = new ArrayList<>();
            for (Instant at : instants) {
                LocalTime local = at.atZone(id).toLocalTime();
                boolean expected = wraps
                        ? !local.isBefore(start) || local.isBefore(end)
                        : !local.isBefore(start) && local.isBefore(end);
                if (day.contains(at.getEpochSecond() * 1_000_000L) != expected) {
                    wrong.add(at);
                }
            }
            assertThat(wrong).as(day.toString()).isEmpty();
        }
    }

    private static boolean changesWithinADay(ZoneId zone, Instant at) {
        return !zone.getRules()
                .getOffset(at.minus(Duration.ofHours(25)))
                .equals(zone.getRules().getOffset(at.plus(Duration.ofHours(25))));
    }

    @Test
    void answersDoNotDependOnTheOrderOfTheQuestions() {
        DayWindow asked = DayWindow.parse("21:00-05:00 America/Santiago");
        for (int minute = 3_000_000; minute > 0; minute -= 977) {
            long at = micros("2026-09-12T00:00:00Z") + (minute % 20_000) * 60_000_000L;
            assertThat(asked.contains(at))
                    .isEqualTo(DayWindow.parse("21:00-05:00 America/Santiago").contains(at));
        }
    }

    @Test
    void spanBelongsToTheUtcDayOnWhichItEnds() {
        assertThat(DayWindow.parse("23:50-00:10").endingOn(LocalDate.parse("2026-03-02")))
                .isEqualTo(new DayWindow.Span(micros("2026-03-01T23:50:00Z"), micros("2026-03-02T00:10:00Z")));
        assertThat(DayWindow.parse("08:00-09:00 Asia/Tokyo").endingOn(LocalDate.parse("2026-03-02")))
                .isEqualTo(new DayWindow.Span(micros("2026-03-02T23:00:00Z"), micros("2026-03-03T00:00:00Z")));
        // 00:30 in London is 23:30 UTC of the day before in summer: the day of the change has no span in autumn.
        assertThat(DayWindow.parse("00:30-00:40 Europe/London").endingOn(LocalDate.parse("2026-10-25")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "08:00-12:00 Europe/Lundon, is not a time zone: it must be a region such as Europe/London or an offset",
        "08:00-12:00 BST, is not a time zone",
        "08:00-12:00 +25:00, is not a time zone",
        "08:00-12:00 Europe/London London, is not a window",
        "08:00-08:00 Europe/London, is not a window"
    })
    void invalidWindowIsRejectedWithTheRule(String text, String rule) {
        assertThatThrownBy(() -> DayWindow.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void zoneIsFoundInAnyCase() {
        assertThat(DayWindow.parse("08:00-12:00  europe/london")).hasToString("08:00-12:00 Europe/London");
        assertThat(DayWindow.parse("08:00-12:00 +02:00")).hasToString("08:00-12:00 +02:00");
    }
}
