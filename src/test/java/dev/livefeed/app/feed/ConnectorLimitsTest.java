package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.Status.Head;
import org.junit.jupiter.api.Test;

class ConnectorLimitsTest {

    private final FeedState feed = new FeedState(() -> 0);

    private void report(String category, Long used, Long max) {
        feed.event(new ConnectorLimit(
                Head.of("bybit", "connections; beyond that, topics are refused"), category, "connections", used, max));
    }

    @Test
    void limitIsAnAlarmFromFourFifthsOnUntilLessThanSevenTenthsAreUsed() {
        report("linear", 799L, 1_000L);
        assertThat(feed.limitAlarms()).isEmpty();

        report("linear", 800L, 1_000L);
        report("spot", 1_000L, 1_000L);
        assertThat(feed.limitAlarms())
                .containsExactly(
                        "the connector has used 800 of at most 1000 connections; beyond that, topics are refused",
                        "the connector has used 1000 of at most 1000 connections; beyond that, topics are refused");

        report("linear", 700L, 1_000L);
        assertThat(feed.limitAlarms())
                .contains("the connector has used 700 of at most 1000 connections; beyond that, topics are refused");
        report("linear", 699L, 1_000L);
        assertThat(feed.limitAlarms()).hasSize(1);
    }

    @Test
    void newProcessStartsWithoutAlarms() {
        report("linear", 9L, 10L);

        feed.started(() -> true);

        assertThat(feed.limitAlarms()).isEmpty();
    }

    @Test
    void limitWithoutItsNumbersIsIgnored() {
        report("linear", null, 10L);
        report("linear", 9L, null);
        report("linear", 9L, 0L);

        assertThat(feed.limitAlarms()).isEmpty();
    }

    @Test
    void numberOfAlarmsIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            report("c-" + i, 9L, 10L);
        }

        assertThat(feed.limitAlarms()).hasSize(100);
    }
}
