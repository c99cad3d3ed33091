package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.status.HistoryDone;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The local clock is wrong by up to an hour. */
class SkewedClockTest {

    private static final long HOUR = 3_600_000;

    private final FeedHarness feed = new FeedHarness("{\"history_dir\":\"none\"}");

    /** The clock is measured at the start, in some requests; the first of them has failed in this harness. */
    private void measure(long offsetMillis) {
        feed.offsetMillis = offsetMillis;
        feed.pass(Duration.ofSeconds(11));
        assertThat(feed.figures()).containsKey("clock_offset_ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {-HOUR, HOUR})
    void pastTradesReachTheVenuesPresent(long offset) {
        measure(offset);
        long now = feed.millis() + offset;
        feed.history(now - 60_000, now + HOUR);
        feed.pass(Duration.ofMillis(100));

        answered(feed.millis() + offset);
    }

    @ParameterizedTest
    @ValueSource(longs = {-HOUR, HOUR})
    void aCommandWaitsForTheClock(long offset) {
        feed.offsetMillis = offset;
        long now = feed.millis() + offset;
        feed.history(now - 60_000, now + HOUR);
        feed.pass(Duration.ofSeconds(5));
        assertThat(feed.requests()).isEmpty();
        feed.pass(Duration.ofSeconds(6));

        answered(feed.millis() + offset);
    }

    private void answered(long now) {
        assertThat(feed.requests()).hasSize(1);
        feed.answer("[" + row(11, now - 2_000) + "," + row(12, now - 1_500) + "," + row(13, now) + "]");
        feed.pass(Duration.ofMillis(100));

        HistoryDone done = (HistoryDone) feed.lines.statuses(HistoryDone.STATUS).get(0);
        assertThat(done.nothingMissing()).as(done.reason()).isTrue();
        assertThat(feed.lines.events())
                .filteredOn(HistoryEvent.class::isInstance)
                .as("the last one may not be the last of its time")
                .hasSize(2);
        assertThat(done.to()).isEqualTo(Instant.ofEpochMilli(now));
    }

    private static String row(long id, long millis) {
        return "{\"a\":" + id + ",\"p\":\"100.00\",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":" + millis
                + ",\"m\":true,\"M\":true}";
    }

    @ParameterizedTest
    @ValueSource(longs = {-HOUR, 0, HOUR})
    void aBanLastsUntilItsTimeOnTheVenuesClock(long offset) {
        measure(offset);
        feed.command(Kind.SUBSCRIBE, "trades");
        feed.accept();
        feed.trade(feed.link(), 7);
        feed.trade(feed.link(), 10);
        feed.pass(Duration.ofMillis(1_100));
        assertThat(feed.requests()).hasSize(1);
        feed.answer(
                418,
                "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until "
                        + (feed.millis() + offset + 8_000) + ".\"}");
        feed.pass(Duration.ofMillis(7_900));
        assertThat(feed.requests()).isEmpty();
        feed.pass(Duration.ofMillis(500));
        assertThat(feed.requests()).hasSize(1);
    }
}
