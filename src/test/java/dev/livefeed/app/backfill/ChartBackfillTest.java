package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.backfill.ChartBackfill.ChartState;
import dev.livefeed.app.history.CandleTimeframe;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.history.PastCandle;
import dev.livefeed.app.history.PastCandles;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Status.Head;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which candles are requested for charts, and when. */
class ChartBackfillTest {

    private static final long MINUTE = 60_000;
    private static final long NOW = 1_774_000_000_000L / MINUTE * MINUTE + 20_000;
    private static final InstrumentId BTC = InstrumentId.of("bybit", "linear", "BTCUSDT");
    private static final InstrumentId ETH = InstrumentId.of("bybit", "linear", "ETHUSDT");

    private long wall = NOW;
    private long millis;
    private final MarketHistory store = new MarketHistory(() -> wall * 1_000, false);
    private final List<Map<String, Object>> asked = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean complete = true;
    private String refused;
    private final HistoryClient client =
            new HistoryClient(this::answer, () -> 1, () -> false, () -> millis, Duration.ofSeconds(30));
    private final ChartBackfill charts = new ChartBackfill(client, store, tasks::add, () -> millis, () -> wall);

    /** A connector that has a candle of each closed minute of the range. */
    private void answer(Map<String, Object> command) {
        asked.add(command);
        String id = (String) command.get("id");
        if (refused != null) {
            client.failure(new Failure("no such history", refused, "BTCUSDT", "kline.1m", id, false));
            return;
        }
        long to = Math.min((long) command.get("to"), wall / MINUTE * MINUTE);
        for (long at = (long) command.get("from"); at < to; at += MINUTE) {
            client.event(
                    new HistoryEvent(candle(InstrumentId.of("bybit", "linear", (String) command.get("symbol")), at)));
        }
        client.status(new HistoryDone(
                new Head("bybit", "BTCUSDT", "kline.1m", id, complete ? null : "HTTP 503"),
                null,
                Instant.ofEpochMilli((long) command.get("from")),
                Instant.ofEpochMilli(to),
                1L,
                complete));
    }

    private static Kline candle(InstrumentId instrument, long at) {
        return new Kline(
                instrument,
                at * 1_000,
                KlineInterval.MINUTE,
                at * 1_000,
                (at + MINUTE) * 1_000 - 1_000,
                BigDecimal.ONE,
                BigDecimal.TEN,
                BigDecimal.ONE,
                BigDecimal.TEN,
                BigDecimal.ONE,
                BigDecimal.ONE,
                true,
                false,
                at * 1_000,
                false);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void pass(long time) {
        wall += time;
        millis += time;
    }

    @Test
    void theFirstLookFillsThePastDay() {
        store.subscribed(BTC, NOW * 1_000);

        ChartBackfill.Progress progress = charts.look(BTC);
        assertThat(progress.state()).isEqualTo(ChartState.RUNNING);
        assertThat(progress.end()).isNotDone();
        assertThat(charts.look(BTC).end()).isSameAs(progress.end());

        runTasks();
        assertThat(progress.end()).isDone();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0))
                .containsEntry("channel", "kline.1m")
                .containsEntry("from", NOW / MINUTE * MINUTE - 1_440 * MINUTE)
                .containsEntry("to", NOW / MINUTE * MINUTE);
        PastCandles found = store.candles(BTC, CandleTimeframe.ONE, 2_000);
        assertThat(found.candles()).hasSize(1_440).allMatch(PastCandle::complete);
        assertThat(charts.look(BTC).state()).isEqualTo(ChartState.DONE);
    }

    /** The minute in which the feed began is complete once the exchange has its candle. */
    @Test
    void theMinuteOfTheStartIsFilledWhileSomebodyLooks() {
        store.subscribed(BTC, NOW * 1_000);
        charts.look(BTC);
        runTasks();
        assertThat(store.candles(BTC, CandleTimeframe.ONE, 1).complete()).isFalse();

        pass(59_000);
        charts.refresh();
        assertThat(tasks).isEmpty();
        pass(MINUTE);
        charts.refresh();
        runTasks();
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).containsEntry("from", NOW / MINUTE * MINUTE);
        assertThat(store.candles(BTC, CandleTimeframe.ONE, 1).complete()).isTrue();

        pass(MINUTE);
        charts.refresh();
        assertThat(tasks).isEmpty();
    }

    @Test
    void whatIsMissedLaterIsFilledOnlyWhileSomebodyLooks() {
        store.subscribed(BTC, (NOW - 2_000 * MINUTE) * 1_000);
        assertThat(charts.look(BTC).state()).isEqualTo(ChartState.IDLE);

        store.gap(BTC, (NOW - 5 * MINUTE) * 1_000, (NOW - 3 * MINUTE) * 1_000);
        charts.refresh();
        runTasks();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0))
                .containsEntry("from", NOW / MINUTE * MINUTE - 5 * MINUTE)
                .containsEntry("to", NOW / MINUTE * MINUTE - 2 * MINUTE);

        pass(ChartBackfill.LOOKED_AT_MILLIS + 1);
        store.gap(BTC, (NOW - 9 * MINUTE) * 1_000, (NOW - 8 * MINUTE) * 1_000);
        charts.refresh();
        assertThat(tasks).isEmpty();
        charts.look(BTC);
        assertThat(tasks).hasSize(1);
    }

    @Test
    void failuresAreRepeatedMoreAndMoreRarely() {
        complete = false;
        long pause = ChartBackfill.PAUSE_MILLIS;
        for (int attempt = 1; attempt <= 8; attempt++) {
            charts.look(BTC);
            runTasks();
            assertThat(asked).hasSize(attempt);
            ChartBackfill.Progress progress = charts.look(BTC);
            assertThat(progress.state()).isEqualTo(ChartState.FAILED);
            assertThat(progress.reason()).isEqualTo("HTTP 503");
            pass(pause - 1);
            charts.look(BTC);
            assertThat(tasks).isEmpty();
            pass(1);
            pause = Math.min(2 * pause, ChartBackfill.LONGEST_PAUSE_MILLIS);
        }
        // The candles that came are used all the same.
        assertThat(store.candles(BTC, CandleTimeframe.ONE, 1).candles()).isNotEmpty();
    }

    @Test
    void aConnectorWithoutHistoryIsNamed() {
        refused = Failure.UNSUPPORTED;
        charts.look(BTC);
        runTasks();

        ChartBackfill.Progress progress = charts.look(BTC);
        assertThat(progress.state()).isEqualTo(ChartState.UNSUPPORTED);
        assertThat(progress.reason()).isEqualTo("no such history");
        assertThat(tasks).isEmpty();
    }

    @Test
    void instrumentsAreFilledOneAfterTheOther() {
        charts.look(BTC);
        charts.look(ETH);
        assertThat(tasks).hasSize(2);
        runTasks();

        assertThat(asked).extracting(command -> command.get("symbol")).containsExactly("BTCUSDT", "ETHUSDT");
        assertThat(store.candles(ETH, CandleTimeframe.HOUR, 2).candles()).hasSize(2);
    }
}
