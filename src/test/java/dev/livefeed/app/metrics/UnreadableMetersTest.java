package dev.livefeed.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status.Head;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnreadableMetersTest {

    private final FeedState feed = new FeedState(() -> 0);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void eachReasonIsASeriesFromTheStart() {
        new UnreadableMeters(feed, null).bindTo(registry);
        assertThat(count("number")).isZero();
        assertThat(count("other")).isZero();

        feed.event(Heartbeat.of(
                Head.of("bybit", null),
                Map.of("unreadable_rows", 9, "unreadable_rows_number", 4, "unreadable_rows_side", 2)));

        assertThat(count("number")).isEqualTo(4);
        assertThat(count("side")).isEqualTo(2);
        assertThat(count("form")).isZero();
        assertThat(count("other")).isEqualTo(3);
    }

    private double count(String reason) {
        return registry.get("livefeed.unreadable.rows")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }
}
