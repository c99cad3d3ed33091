package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trades that are lost while the application runs. */
class MissingTradesTest {

    private final AtomicLong wall =
            new AtomicLong(Instant.parse("2026-03-02T15:00:30Z").toEpochMilli());
    private final AtomicLong millis = new AtomicLong();
    private final Market market = new Market(() -> 0);
    private final FeedState feed = new FeedState(millis::get);

    @BeforeEach
    void start() {
        feed.started(() -> true);
    }

    @Test
    void aLostFeedIsFilledFromCandlesAndNothingCountsTwice() throws Exception {
        try (CandleServer candles = new CandleServer(wall::get);
                HistoryRig rig = new HistoryRig("ws://127.0.0.1:9", candles.address(), market)) {
            HistoryWorker worker = worker(rig.client);
            try {
                worker.fill();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> worker.backfill().progress().status() == BackfillProgress.BackfillStatus.DONE);
                BigDecimal before = market.context(Ids.linear("BTCUSDT")).volume();
                trade("15:00:40");
                trade("15:01:10");
                status(worker, status(ConnectionDown.STATUS));
                assertThat(worker.backfill().missingTrades().open()).isEqualTo(1);
                pass(Duration.ofMinutes(5));
                worker.fillMissingTrades();
                status(worker, status(ConnectionUp.STATUS));
                trade("15:05:50");
                worker.fillMissingTrades();
                assertThat(worker.backfill().missingTrades().filled())
                        .as("no request while the feed is down, nor shortly after")
                        .isZero();
                pass(Duration.ofMinutes(2));
                trade("15:07:10");
                worker.fillMissingTrades();

                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> worker.backfill().missingTrades().filled() == 1);

                // 15:00, 15:01 and 15:05 have trades; 15:07 has not ended.
                BigDecimal missed = BigDecimal.ZERO;
                for (String minute : List.of("15:02", "15:03", "15:04", "15:06")) {
                    missed = missed.add(CandleServer.volume(at(minute + ":00").toEpochMilli()));
                }
                assertThat(market.context(Ids.linear("BTCUSDT")).volume())
                        .isEqualByComparingTo(before.add(missed).add(new BigDecimal("28")));
                assertThat(market.context(Ids.linear("BTCUSDT")).approximate()).isTrue();
                trade("15:03:01");
                assertThat(market.context(Ids.linear("BTCUSDT")).volume())
                        .as("a trade of a filled minute is in its candle")
                        .isEqualByComparingTo(before.add(missed).add(new BigDecimal("28")));
                assertThat(worker.backfill().missingTrades().open()).isZero();
            } finally {
                worker.stop();
            }
        }
    }

    @Test
    void aGapIsAHoleFromItsBeginning() {
        MissingTrades missing = new MissingTrades(Ids.linear(List.of("A", "B")), millis::get);
        missing.suspect(Ids.linear("A"), 50_000);
        missing.suspect(Ids.linear("A"), 40_000);
        missing.suspect(Ids.linear("A"), 60_000);
        missing.suspect(Ids.linear("other"), 1);
        assertThat(missing.due()).isEmpty();

        millis.addAndGet(MissingTrades.WAIT_MILLIS);

        assertThat(missing.due()).singleElement().satisfies(period -> {
            assertThat(period.instrument()).isEqualTo(Ids.linear("A"));
            assertThat(period.fromMillis()).isEqualTo(40_000);
        });
    }

    @Test
    void aHoleThatGrowsWhileCandlesAreAskedForStaysOpen() {
        MissingTrades missing = new MissingTrades(Ids.linear(List.of("A")), millis::get);
        missing.suspect(Ids.linear("A"), 50_000);
        millis.addAndGet(MissingTrades.WAIT_MILLIS);
        MissingTrades.Period asked = missing.due().get(0);

        missing.lost(Ids.linear("A"), 70_000);
        missing.done(asked);

        assertThat(missing.counts()).isEqualTo(new MissingTrades.Counts(1, 0, 0));
        assertThat(missing.due()).isEmpty();
        missing.restored(Ids.linear("A"));
        assertThat(missing.due()).as("its last minute has not ended").isEmpty();
        millis.addAndGet(MissingTrades.WAIT_MILLIS);
        assertThat(missing.due().get(0).fromMillis()).isEqualTo(50_000);
    }

    @Test
    void whatCannotBeHadIsGivenUpInTheEnd() {
        MissingTrades missing = new MissingTrades(Ids.linear(List.of("A")), millis::get);
        missing.suspect(Ids.linear("A"), 50_000);
        int attempts = 0;
        for (boolean again = true; again; attempts++) {
            millis.addAndGet(MissingTrades.WAIT_MILLIS);
            again = missing.failed(missing.due().get(0));
        }

        assertThat(attempts).isEqualTo(5);
        assertThat(missing.counts()).isEqualTo(new MissingTrades.Counts(0, 0, 1));
    }

    @Test
    void aConnectionThatIsClosedForGoodEndsItsHole() {
        HistoryWorker worker = worker(nobody());
        status(worker, Statuses.with(Statuses.with(status(ConnectionDown.STATUS), "connections", 2), "open", 1));
        status(worker, Statuses.with(Statuses.with(status(ConnectionClosed.STATUS), "connections", 2), "open", 1));
        pass(Duration.ofMinutes(5));
        assertThat(worker.due()).as("another connection is still down").isEmpty();

        status(worker, Statuses.with(Statuses.with(status(ConnectionClosed.STATUS), "connections", 1), "open", 1));
        pass(Duration.ofMinutes(5));

        assertThat(worker.due()).hasSize(1);
        worker.stop();
    }

    @Test
    void anOutageThatIsOverBetweenTwoLooksIsAHole() {
        HistoryWorker worker = worker(nobody());
        feed.event(status(ConnectionDown.STATUS));
        feed.event(status(ConnectionUp.STATUS));

        worker.status(status(ConnectionUp.STATUS));
        assertThat(worker.backfill().missingTrades().open()).isEqualTo(1);
        pass(Duration.ofMinutes(5));

        assertThat(worker.due()).hasSize(1);
        worker.stop();
    }

    @Test
    void whereNoLevelsAreWantedNothingIsKept() {
        HistoryWorker worker = new HistoryWorker(
                nobody(),
                new Backfill.Plan("simulator", null, "off", Ids.linear(List.of("BTCUSDT")), Duration.ZERO),
                market,
                feed::snapshot,
                millis::get,
                wall::get,
                new MarketHistory(() -> -1, false));
        status(worker, status(ConnectionDown.STATUS));
        status(worker, status(ConnectionUp.STATUS));
        assertThat(worker.backfill().missingTrades().open()).isZero();
        worker.stop();
    }

    private static HistoryClient nobody() {
        return new HistoryClient(command -> {}, () -> -1, () -> false, () -> 0, Duration.ofSeconds(1));
    }

    private HistoryWorker worker(HistoryClient client) {
        return new HistoryWorker(
                client,
                new Backfill.Plan("simulator", null, "levels", Ids.linear(List.of("BTCUSDT")), Duration.ZERO),
                market,
                feed::snapshot,
                millis::get,
                wall::get,
                new MarketHistory(() -> -1, false));
    }

    private void pass(Duration time) {
        wall.addAndGet(time.toMillis());
        millis.addAndGet(time.toMillis());
    }

    private void status(HistoryWorker worker, Status status) {
        feed.event(status);
        worker.status(status);
    }

    private static Status status(String status) {
        return Statuses.of(status, "bybit", null, null, null, null, Map.of());
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + "Z");
    }

    private void trade(String time) {
        long micros = at(time).toEpochMilli() * 1000;
        market.trade(new Trade(
                "BTCUSDT",
                "linear",
                time,
                micros,
                new BigDecimal("80000"),
                new BigDecimal("7"),
                Side.BUY,
                1,
                false,
                false,
                micros,
                true));
    }
}
