package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.queue.DroppedEvents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which states of a sink are alarms. */
class SinkAlarmsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final SinkView.Losses NO_LOSS = new SinkView.Losses(false, null, null);
    private static final SinkView.Failures NO_FAILURE = new SinkView.Failures(null, null, null, null, null, null);

    private static List<String> alarms(
            long bytes, SinkView.Losses losses, SinkView.Failures failures, boolean read, boolean fed) {
        return SinkAlarms.of(
                new SinkView(
                        "s",
                        List.of("trade"),
                        new SinkView.Waiting(7, bytes, 10_000_000, 1),
                        new SinkView.Counters(10, 3, 0, 0, 0, 3),
                        losses,
                        failures,
                        read,
                        fed),
                NOW);
    }

    @Test
    void aSinkThatTakesItsEventsIsNoAlarm() {
        assertThat(alarms(7_900_000, NO_LOSS, NO_FAILURE, true, true)).isEmpty();
    }

    @Test
    void aFailureIsAnAlarmAfterTenSeconds() {
        assertThat(alarms(
                        0,
                        NO_LOSS,
                        new SinkView.Failures(NOW.minusSeconds(9), "refused", null, null, null, null),
                        true,
                        true))
                .isEmpty();
        assertThat(alarms(
                        0,
                        NO_LOSS,
                        new SinkView.Failures(NOW.minusSeconds(11), "refused", null, null, null, null),
                        true,
                        true))
                .singleElement()
                .asString()
                .contains("sink s has taken nothing since 2026-11-26T11:59:49Z (refused)", "7 events wait");
    }

    @Test
    void aNearlyFullBufferIsAnAlarm() {
        assertThat(alarms(8_000_000, NO_LOSS, NO_FAILURE, true, true))
                .singleElement()
                .asString()
                .contains("SINK_BUFFER_MB");
    }

    @Test
    void aLossIsAnAlarmWhileItLastsAndForFiveMinutes() {
        DroppedEvents loss = new DroppedEvents(
                5, NOW.minusSeconds(400), NOW.minusSeconds(350), 1_000_000, 2_000_000, Map.of("linear:BTCUSDT", 5L));
        assertThat(alarms(0, new SinkView.Losses(false, loss, "full"), NO_FAILURE, true, true))
                .isEmpty();
        assertThat(alarms(0, new SinkView.Losses(true, loss, "full"), NO_FAILURE, true, true))
                .singleElement()
                .asString()
                .contains("sink s lost 5 events", "1970-01-01T00:00:01", "linear:BTCUSDT", "full");
    }

    @Test
    void aBufferThatCannotBeUsedIsAnAlarmAtOnce() {
        assertThat(alarms(0, NO_LOSS, new SinkView.Failures(null, null, NOW, "No space left", null, null), true, true))
                .singleElement()
                .asString()
                .contains("cannot use its buffer", "No space left");
    }

    @Test
    void aSinkWithoutARouteOrWithoutEventsIsAnAlarm() {
        assertThat(alarms(0, NO_LOSS, NO_FAILURE, false, false))
                .satisfiesExactly(
                        first -> assertThat(first).contains("add one from buffer:s"),
                        second -> assertThat(second).contains("no route sends to buffer:sinks"));
    }
}
