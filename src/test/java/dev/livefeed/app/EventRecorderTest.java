package dev.livefeed.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.LastTrades;
import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.app.feed.LocalClock;
import dev.livefeed.app.feed.ManualClocks;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.metrics.LateTradeMeters;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status.Head;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is noted of trades that come late, before any route sees them. */
class EventRecorderTest {

    private static final long AT = 1_780_488_000_000_000L;
    private static final long S = 1_000_000L;

    private long millis;
    private final FeedState feed = new FeedState(() -> millis);
    private final LateTrades lateTrades = new LateTrades();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private long recorded;
    private final EventRecorder seen = new EventRecorder(
            feed,
            new FeedCounters(() -> millis, 50),
            new LastTrades(Ids.bare(List.of("BTCUSDT"))),
            lateTrades,
            new Market(() -> 0),
            (exchange, raw, path) -> recorded++,
            new LocalClock());

    @Test
    void lateTradesAreMarkedCountedAndLeftOutOfTheLag() {
        new LateTradeMeters(lateTrades, Ids.bare(List.of("BTCUSDT"))).bindTo(registry);
        assertThat(counted("BTCUSDT")).isZero();

        assertThat(late(trade("BTCUSDT", AT))).isFalse();
        assertThat(late(trade("ETHUSDT", AT - 50 * S))).isFalse();
        assertThat(late(trade("BTCUSDT", AT - 50 * S))).isTrue();

        assertThat(recorded).isEqualTo(2);
        assertThat(counted("BTCUSDT")).isEqualTo(1);
        assertThat(counted("ETHUSDT")).isZero();
        assertThat(feed.snapshot().data().lastTimestampMicros()).isEqualTo(AT - 50 * S);
        late(trade("BTCUSDT", AT + S));
        late(trade("BTCUSDT", AT));
        assertThat(feed.snapshot().data().lastTimestampMicros()).isEqualTo(AT + S);
    }

    @Test
    void tradesThatWereFetchedAreLeftOutOfTheLagToo() {
        assertThat(late(repaired("BTCUSDT", AT))).isFalse();

        assertThat(recorded).isZero();
    }

    @Test
    void eventsOfThePastChangeNothing() {
        late(trade("BTCUSDT", AT));
        Trade past = trade("BTCUSDT", AT + 10 * S);

        assertThat(seen.event(new HistoryEvent(past))).isEqualTo(new HistoryEvent(past));

        assertThat(recorded).isEqualTo(1);
        assertThat(feed.snapshot().data().lastTimestampMicros()).isEqualTo(AT);
        assertThat(late(trade("BTCUSDT", AT + S))).as("no newer trade has come").isFalse();
    }

    @Test
    void whatAnEarlierRunKnewIsNewer() {
        seen.known(Ids.bare("BTCUSDT"), AT);
        seen.known(Ids.bare("ETHUSDT"), -1);

        assertThat(late(trade("BTCUSDT", AT - 1))).isTrue();
        assertThat(late(trade("BTCUSDT", AT))).isFalse();
        assertThat(late(trade("ETHUSDT", AT - 3600 * S))).isFalse();
    }

    @Test
    void tradesOfManyInstrumentsAreMarked() {
        for (int i = 0; i < 3_000; i++) {
            assertThat(late(trade("A" + i, AT))).isFalse();
        }

        assertThat(late(trade("A2999", AT - S))).isTrue();
        assertThat(lateTrades.late(Ids.bare("A2999"))).isOne();
    }

    @Test
    void aNewestTimeThatWasWrongIsGivenUp() {
        late(trade("BTCUSDT", AT + 3600 * S));
        for (int i = 0; i < 99; i++) {
            seen.event(depth(AT + i));
        }
        assertThat(late(trade("BTCUSDT", AT))).isTrue();

        seen.event(depth(AT + 100));

        assertThat(late(trade("BTCUSDT", AT + 1))).isFalse();
        assertThat(late(trade("BTCUSDT", AT))).isTrue();
    }

    @Test
    void aClockThatIsSetChangesNoLagAndNoAge() {
        ManualClocks clocks = new ManualClocks(AT);
        LocalClock clock = new LocalClock(clocks);
        clock.onSet(feed::clockSet);
        List<String> lags = new ArrayList<>();
        EventRecorder recorder = new EventRecorder(
                feed,
                new FeedCounters(() -> millis, 50),
                new LastTrades(Ids.bare(List.of("BTCUSDT"))),
                lateTrades,
                new Market(() -> 0),
                (exchange, raw, path) -> lags.add(exchange / 1_000 + " and " + path / 1_000 + " ms"),
                clock);
        feed.started(() -> true);
        millis = 7_200_000;
        feed.line();
        feed.event(Heartbeat.of(Head.of("x", null), Map.of("clock_offset_ms", 40)));
        long exchange = AT - 60_000;

        recorder.event(received(exchange, AT - 90_000)); // 30 ms before it was made, by a clock that is 40 ms behind
        for (long hours : new long[] {1, -2}) {
            long before = clocks.micros();
            clocks.set(hours * 3_600 * S);
            recorder.event(received(exchange, before - 90_000)); // was underway
            recorder.event(received(exchange, clocks.micros() - 90_000));
        }

        assertThat(lags).hasSize(5).containsOnly("10 and 90 ms");
        assertThat(feed.snapshot().data().ageMillis()).isLessThan(1_000);
        assertThat(clock.count(LocalClock.Kind.SET)).isEqualTo(2);
    }

    @Test
    void aClockThatWasSetBackMakesNoTimeWrong() {
        ManualClocks clocks = new ManualClocks(AT);
        LocalClock clock = new LocalClock(clocks);
        clock.onSet(feed::clockSet);
        EventRecorder recorder = new EventRecorder(
                feed,
                new FeedCounters(() -> millis, 50),
                new LastTrades(Ids.bare(List.of("BTCUSDT"))),
                lateTrades,
                new Market(() -> 0),
                (exchange, raw, path) -> {},
                clock);
        feed.event(Heartbeat.of(Head.of("x", null), Map.of("clock_offset_ms", 0)));
        recorder.event(received(AT, AT));

        clocks.set(-3_600 * S);
        clock.watch();
        recorder.event(received(AT - 5_400 * S, clocks.micros())); // an hour and a half late

        Trade late = (Trade) recorder.event(received(AT - 1, clocks.micros()));
        assertThat(late.late()).as("the newest time is not forgotten").isTrue();
    }

    private static Trade received(long exchangeMicros, long receivedMicros) {
        return new Trade(
                Ids.bare("BTCUSDT"),
                "1",
                exchangeMicros,
                BigDecimal.ONE,
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                receivedMicros,
                false,
                false,
                false);
    }

    @Test
    void dataIsAsOldAsItsReceipt() {
        feed.started(() -> true);
        millis = 100_000;
        feed.line();
        long now = Times.nowMicros();

        seen.event(received(now - 30 * S));
        assertThat(feed.snapshot().data().ageMillis()).isBetween(30_000L, 90_000L);
        assertThat(feed.snapshot().data().waitedMillis())
                .isEqualTo(feed.snapshot().data().ageMillis());

        seen.event(received(now));
        assertThat(feed.snapshot().data().ageMillis()).isLessThan(30_000);

        seen.event(received(now - 60 * S));
        assertThat(feed.snapshot().data().ageMillis())
                .as("the newest counts; trades may have waited for a repair")
                .isLessThan(30_000);

        seen.event(received(now + 3600 * S));
        assertThat(feed.snapshot().data().ageMillis())
                .as("the clock was set back")
                .isZero();
    }

    @Test
    void dataOfARecordingDidNotWait() {
        feed.started(() -> true);
        millis = 100_000;
        feed.line();

        seen.event(received(Times.nowMicros() - 3600 * S));

        assertThat(feed.snapshot().data().ageMillis()).isZero();
    }

    private boolean late(Trade trade) {
        return ((Trade) seen.event(trade)).late();
    }

    private double counted(String symbol) {
        return registry.get("livefeed.late.trades")
                .tag("symbol", symbol)
                .functionCounter()
                .count();
    }

    private static Trade trade(String symbol, long micros) {
        return new Trade(
                symbol, null, "1", micros, BigDecimal.ONE, BigDecimal.ONE, Side.BUY, -1, false, false, AT, false);
    }

    private static Trade received(long micros) {
        return new Trade(
                "BTCUSDT", null, "1", AT, BigDecimal.ONE, BigDecimal.ONE, Side.BUY, -1, false, false, micros, false);
    }

    private static Trade repaired(String symbol, long micros) {
        Trade trade = trade(symbol, micros);
        return new Trade(
                trade.instrument(),
                trade.id(),
                micros,
                trade.price(),
                trade.qty(),
                trade.side(),
                trade.seq(),
                false,
                false,
                AT,
                false,
                true,
                false);
    }

    private static Depth depth(long micros) {
        return new Depth("BTCUSDT", null, micros, Levels.EMPTY, Levels.EMPTY, 1, -1, true, 50, AT, false);
    }
}
