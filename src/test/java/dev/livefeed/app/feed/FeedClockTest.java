package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status.Head;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The offset of the exchange's clock is right at once when the local clock is set. */
class FeedClockTest {

    private static final long HOUR = 3_600_000_000L;

    private final FeedState feed = new FeedState(() -> 0);

    private void reports(double offsetMillis) {
        feed.event(Heartbeat.of(Head.of("x", null), Map.of("clock_offset_ms", offsetMillis)));
    }

    @Test
    void itIsCorrectedUntilTheConnectorHasMeasuredItAgain() {
        reports(40);
        feed.clockSet(-HOUR);
        assertThat(feed.clockOffsetMicros()).isEqualTo(HOUR + 40_000);

        reports(41); // sent before the connector noticed
        assertThat(feed.clockOffsetMicros()).isEqualTo(HOUR + 40_000);
        feed.event(Heartbeat.of(Head.of("x", null), Map.of()));
        assertThat(feed.clockOffsetMicros()).isEqualTo(HOUR + 40_000);

        reports(3_600_042);
        assertThat(feed.clockOffsetMicros()).isEqualTo(HOUR + 42_000);
        reports(45);
        assertThat(feed.clockOffsetMicros()).as("what is measured counts").isEqualTo(45_000);
    }

    @Test
    void severalJumpsAddUp() {
        reports(40);
        feed.clockSet(HOUR);
        feed.clockSet(-HOUR / 2);
        assertThat(feed.clockOffsetMicros()).isEqualTo(-HOUR / 2 + 40_000);
        reports(40);
        assertThat(feed.clockOffsetMicros()).isEqualTo(-HOUR / 2 + 40_000);
    }

    @Test
    void whatIsNotMeasuredIsNotCorrected() {
        feed.clockSet(HOUR);
        assertThat(feed.clockMeasured()).isFalse();
        assertThat(feed.clockOffsetMicros()).isZero();
    }
}
