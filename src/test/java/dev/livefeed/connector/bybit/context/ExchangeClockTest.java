package dev.livefeed.connector.bybit.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FakeNetwork;
import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.feed.ConnectorCounters;
import dev.livefeed.connector.feed.ExchangeClock;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Identifiers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeClockTest {

    private static final long AHEAD_MICROS = 2_500_000;

    private final ManualTime time = new ManualTime();
    private final FakeNetwork network = new FakeNetwork();
    private final BybitSettings settings = settings();
    private final RestClient rest = new RestClient(
            new BybitRest(settings), BybitRest.budget(time), network, time, new Identifiers(), new ConnectorCounters());
    private final ExchangeClock clock = new ExchangeClock(
            rest, "/v5/market/time", BybitRest::time, time, settings.limits().clock());

    private static BybitSettings settings() {
        try {
            return BybitSettings.read(Map.of());
        } catch (dev.livefeed.connector.sdk.ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSampleThatWasAnsweredSoonestCountsAsMadeHalfWay() {
        excerpt(80, 10);
        assertThat(clock.measured()).isFalse();
        assertThat(clock.micros()).isEqualTo(time.micros());
        excerpt(200, 0);
        excerpt(8, 3);
        excerpt(300, 290);
        excerpt(40, 40);

        // 3 ms to the server and 5 ms back; assumed to be 4 ms each.
        assertThat(clock.measured()).isTrue();
        assertThat(clock.offsetMicros()).isEqualTo(AHEAD_MICROS - 1_000);
        assertThat(clock.uncertaintyMicros()).isBetween(4_000L, 4_050L);
        assertThat(clock.micros()).isEqualTo(time.micros() + AHEAD_MICROS - 1_000);
        assertThat(shown()).containsEntry("clock_offset_ms", 2_499.0).containsEntry("clock_uncertainty_ms", 4.0);
    }

    @Test
    void itIsMeasuredAgainAfterTheIntervalAndAWorseMeasurementDoesNotReplaceABetterOne() {
        measure(10, 5, AHEAD_MICROS);
        int asked = network.otherRequests.size();
        pass(Duration.ofMinutes(4));
        assertThat(network.otherRequests).hasSize(asked);
        pass(Duration.ofMinutes(1));
        assertThat(network.otherRequests).hasSize(asked + 1);

        measure(2_000, 1_990, AHEAD_MICROS + 50_000);
        assertThat(clock.offsetMicros()).isEqualTo(AHEAD_MICROS);
        // 5 ms, and 50 microseconds per second for the five minutes since.
        assertThat(clock.uncertaintyMicros()).isBetween(20_000L, 22_000L);

        pass(Duration.ofMinutes(6));
        measure(20, 10, AHEAD_MICROS + 50_000);
        assertThat(clock.offsetMicros()).isEqualTo(AHEAD_MICROS + 50_000);
        assertThat(clock.uncertaintyMicros()).isBetween(10_000L, 10_100L);
    }

    @Test
    void aClockThatWasSetIsMeasuredAtOnce() {
        measure(10, 5, AHEAD_MICROS);
        pass(Duration.ofSeconds(10));
        int asked = network.otherRequests.size();

        time.set(-60_000_000);
        clock.tick();

        assertThat(clock.measured()).isFalse();
        assertThat(shown()).isEmpty();
        assertThat(network.otherRequests).hasSize(asked + 1);
        measure(400, 200, AHEAD_MICROS + 60_000_000);
        assertThat(clock.offsetMicros()).isEqualTo(AHEAD_MICROS + 60_000_000);
    }

    @Test
    void questionsWithoutAGoodAnswerAreAskedAgainWithoutHaste() {
        clock.tick();
        answer("{\"retCode\":0,\"result\":{\"timeSecond\":\"1\",\"timeNano\":\"soon\"},\"time\":12}");
        pass(Duration.ofSeconds(9));
        assertThat(network.otherRequests).hasSize(1);
        pass(Duration.ofSeconds(2));
        assertThat(network.otherRequests).hasSize(2);
        rest.unanswered(lastQuestion(), "no route");
        pass(Duration.ofSeconds(11));
        assertThat(network.otherRequests).hasSize(3);
        assertThat(clock.measured()).isFalse();

        for (int i = 0; i < 5; i++) {
            answer("{\"retCode\":0,\"result\":{},\"time\":" + (time.micros() / 1_000 + 70) + "}");
            pass(Duration.ofMillis(100));
        }
        assertThat(clock.measured()).isTrue();
    }

    @Test
    void timeIsNotAskedForWhereThereIsNoRest() {
        FeedHarness feed = FeedHarness.open("BYBIT_WS_BASE_URL", "ws://somewhere");
        feed.pass(Duration.ofSeconds(1));

        assertThat(feed.network.otherRequests).isEmpty();
        assertThat(feed.feed.figures()).doesNotContainKey("clock_offset_ms");
    }

    @Test
    void theFeedMeasuresFromTheStartAndItsHeartbeatShowsIt() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();
        for (int i = 0; i < 5; i++) {
            int request = feed.network.otherRequests.keySet().stream()
                    .reduce((first, last) -> last)
                    .orElseThrow();
            feed.feed.answered(request, answerAt(feed.time.micros() - 40_000));
            feed.pass(Duration.ofMillis(100));
        }

        assertThat(feed.network.otherRequests.values())
                .hasToString("[" + "https://api.bybit.com/v5/market/time, ".repeat(4)
                        + "https://api.bybit.com/v5/market/time]");
        assertThat(feed.feed.figures()).containsEntry("clock_offset_ms", -40.0);
    }

    private void measure(long tripMillis, long thereMillis, long aheadMicros) {
        for (int i = 0; i < 5; i++) {
            excerpt(tripMillis, thereMillis, aheadMicros);
        }
    }

    private void excerpt(long tripMillis, long thereMillis) {
        excerpt(tripMillis, thereMillis, AHEAD_MICROS);
    }

    private void excerpt(long tripMillis, long thereMillis, long aheadMicros) {
        clock.tick();
        time.advance(Duration.ofMillis(thereMillis));
        HttpAnswer answer = answerAt(time.micros() + aheadMicros);
        time.advance(Duration.ofMillis(tripMillis - thereMillis));
        rest.answered(lastQuestion(), answer);
        time.advance(Duration.ofMillis(100));
    }

    private static HttpAnswer answerAt(long micros) {
        String body = "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"timeSecond\":\"" + micros / 1_000_000
                + "\",\"timeNano\":\"" + micros + "000\"},\"retExtInfo\":{},\"time\":" + micros / 1_000 + "}";
        return new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(String body) {
        rest.answered(lastQuestion(), new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8)));
    }

    private int lastQuestion() {
        return network.otherRequests.keySet().stream()
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private void pass(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 100) {
            time.advance(Duration.ofMillis(100));
            clock.tick();
        }
    }

    private Map<String, Object> shown() {
        Map<String, Object> figures = new java.util.LinkedHashMap<>();
        clock.show(figures);
        return figures;
    }
}
