package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When an announced maintenance is ahead, lasts and is over. */
class MaintenancesTest {

    private static final Instant BEGIN = Instant.parse("2026-06-03T12:00:00Z");
    private static final Instant END = Instant.parse("2026-06-03T13:00:00Z");

    private Instant now = BEGIN.minus(Duration.ofHours(1));
    private final Maintenances maintenances = new Maintenances(() -> now);

    private void announce(String id, String state, Instant begin, Instant end, List<String> categories) {
        maintenances.announced(new Maintenance(Head.of("bybit", null), id, "Upgrade", state, begin, end, categories));
    }

    private void announce(String state) {
        announce("a", state, BEGIN, END, null);
    }

    @Test
    void itIsAheadThenLastsThenIsOver() {
        announce("scheduled");
        assertThat(maintenances.current()).isNull();
        assertThat(maintenances.view().soon()).hasSize(1);
        assertThat(Maintenances.text(maintenances.view().soon().get(0)))
                .isEqualTo("maintenance \"Upgrade\" from 2026-06-03T12:00:00Z until 2026-06-03T13:00:00Z");

        now = BEGIN;
        assertThat(maintenances.current())
                .as("the time has come, though nobody says so")
                .isNotNull();
        assertThat(maintenances.view().soon()).isEmpty();

        now = END.plusSeconds(60);
        assertThat(maintenances.current()).as("the end is an expectation").isNotNull();

        announce("completed");
        assertThat(maintenances.current()).isNull();
        assertThat(maintenances.view().open()).isEmpty();
    }

    @Test
    void aCanceledOneIsOver() {
        announce("scheduled");
        announce("canceled");

        assertThat(maintenances.view().soon()).isEmpty();
    }

    @Test
    void itIsNotAheadForMoreThanADay() {
        now = BEGIN.minus(Duration.ofHours(25));
        announce("scheduled");

        assertThat(maintenances.view().soon()).isEmpty();
        assertThat(maintenances.view().open()).hasSize(1);
    }

    @Test
    void oneThatNobodyEndsIsOverAnHourAfterItsEnd() {
        announce("ongoing");
        now = END.plus(Duration.ofHours(1));

        assertThat(maintenances.current()).isNull();
        assertThat(maintenances.view().open()).isEmpty();
    }

    @Test
    void withoutTimesTheStateDecides() {
        announce("a", "ongoing", null, null, null);
        assertThat(maintenances.current()).isNotNull();

        announce("a", "scheduled", null, null, null);
        assertThat(maintenances.current()).isNull();
        assertThat(maintenances.view().soon()).hasSize(1);
    }

    @Test
    void withoutTimesItIsOverADayAfterItWasFirstAnnouncedInItsState() {
        announce("a", "scheduled", null, null, null);
        now = now.plus(Duration.ofHours(20));
        announce("a", "ongoing", null, null, null);
        now = now.plus(Duration.ofHours(20));
        announce("a", "ongoing", null, null, null);
        assertThat(maintenances.current()).isNotNull();

        now = now.plus(Duration.ofHours(4));
        announce("a", "ongoing", null, null, null);

        assertThat(maintenances.current()).isNull();
        assertThat(maintenances.view().open()).isEmpty();
        assertThat(maintenances.view().soon()).isEmpty();
    }

    @Test
    void timesThatContradictTheStateOrEachOtherDoNotMakeItLastForEver() {
        announce("a", "ongoing", now.plus(Duration.ofDays(9)), null, null);
        announce("b", "ongoing", END, BEGIN, null);
        assertThat(maintenances.view().open()).hasSize(2);

        now = END.plus(Duration.ofDays(1));

        assertThat(maintenances.view().open()).isEmpty();
    }

    @Test
    void onlyTheCategoriesOfTheFeedMatter() {
        announce("a", "ongoing", BEGIN, END, List.of("option"));
        assertThat(maintenances.current()).as("the feed may have any").isNotNull();

        maintenances.subscribed("linear");
        assertThat(maintenances.current()).isNull();

        maintenances.subscribed("option");
        assertThat(maintenances.current()).isNotNull();
    }

    @Test
    void thereIsALimit() {
        IntStream.range(0, 500).forEach(i -> announce("a" + i, "scheduled", BEGIN, END, null));

        assertThat(maintenances.view().open()).hasSize(100);
    }
}
