package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.app.backfill.HistoryException.Kind;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Different kinds of connectors, simulated by the test: it receives the commands and sends the replies. */
class HistoryClientTest {

    private static final long MINUTE = 60_000;
    private static final long FROM = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private final AtomicLong process = new AtomicLong(1);
    private final AtomicBoolean blocked = new AtomicBoolean();
    private final List<Map<String, Object>> commands = new ArrayList<>();
    private Consumer<Map<String, Object>> connector = command -> {};
    private final HistoryClient client = new HistoryClient(
            command -> {
                commands.add(command);
                connector.accept(command);
            },
            process::get,
            blocked::get,
            () -> System.nanoTime() / 1_000_000,
            Duration.ofSeconds(1));

    @Test
    void candlesOfTheRangeAreCollectedAndOthersLeftOut() throws Exception {
        connector = command -> {
            client.event(candle("BTCUSDT", FROM - MINUTE));
            client.event(candle("ETHUSDT", FROM));
            client.event(candle("BTCUSDT", FROM));
            client.event(candle("BTCUSDT", FROM + MINUTE));
            client.event(candle("BTCUSDT", FROM + 2 * MINUTE));
            client.status(done("history-0", true, null));
            client.status(done((String) command.get("id"), true, null));
        };

        HistoryAnswer answer = ask();

        assertThat(answer.missing()).isNull();
        assertThat(answer.candles())
                .extracting(candle -> candle.startMicros() / 1_000)
                .containsExactly(FROM, FROM + MINUTE);
        assertThat(commands)
                .containsExactly(Map.of(
                        "command", "history",
                        "channel", "kline.1m",
                        "symbol", "BTCUSDT",
                        "category", "linear",
                        "from", FROM,
                        "to", FROM + 2 * MINUTE,
                        "id", "history-1"));
    }

    @Test
    void anAnswerThatIsNotCompleteSaysWhy() throws Exception {
        connector = command -> client.status(done((String) command.get("id"), false, "HTTP 503"));

        assertThat(ask().missing()).isEqualTo("HTTP 503");
    }

    @Test
    void aConnectorWithoutHistoryIsAskedNoMore() {
        for (String code : List.of("unsupported", "bad-command")) {
            connector = command ->
                    client.failure(new Failure("no such thing", code, null, null, (String) command.get("id"), false));

            HistoryException failure = catchThrowableOfType(HistoryException.class, this::ask);

            assertThat(failure).hasMessage("no such thing");
            assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
        }
        connector = command ->
                client.failure(new Failure("not now", "refused", null, null, (String) command.get("id"), false));
        assertThat(catchThrowableOfType(HistoryException.class, this::ask).kind())
                .isEqualTo(Kind.FAILED);
    }

    @Test
    void silenceIsAnAnswerAfterAWhile() {
        connector = command -> client.failure(new Failure("what?", null, null, null, null, false));

        HistoryException failure = catchThrowableOfType(HistoryException.class, this::ask);

        assertThat(failure).hasMessage("the connector did not answer the command history within 1 s");
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_COMMAND);
    }

    @Test
    void whoSaysThatItIsAtWorkIsWaitedFor() throws Exception {
        connector = command -> CompletableFuture.runAsync(() -> {
            long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
                client.status(heartbeat(1));
                return System.nanoTime() > until;
            });
            client.status(done((String) command.get("id"), true, null));
        });

        assertThat(ask().missing()).isNull();
        assertThat(client.circuit()).isEqualTo("half-open");
    }

    @Test
    void heartbeatsAloneAreNoSign() {
        connector = command -> CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100; i++) {
                client.status(heartbeat(0));
            }
        });

        assertThat(catchThrowableOfType(HistoryException.class, this::ask)).hasMessageContaining("did not answer");
    }

    @Test
    void whileAStepHoldsTheLinesUpSilenceIsNoAnswer() throws Exception {
        blocked.set(true);
        connector = command -> CompletableFuture.runAsync(() -> {
            Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            blocked.set(false);
            client.status(done((String) command.get("id"), true, null));
        });

        assertThat(ask().missing()).isNull();
    }

    @Test
    void noMoreCandlesAreHeldThanWereAskedFor() throws Exception {
        connector = command -> {
            for (int i = 0; i < 100_000; i++) {
                client.event(candle("BTCUSDT", FROM));
            }
            client.status(done((String) command.get("id"), true, null));
        };

        assertThat(ask().candles()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void theNextProcessIsAskedAgain() throws Exception {
        connector = command -> {
            if (commands.size() == 1) {
                client.event(candle("BTCUSDT", FROM));
                process.set(2);
            } else {
                client.event(candle("BTCUSDT", FROM));
                client.status(done((String) command.get("id"), true, null));
            }
        };

        assertThat(ask().candles()).hasSize(1);
        assertThat(commands).hasSize(2);
    }

    @Test
    void aProcessThatEndsAgainAndAgainIsGivenUp() {
        connector = command -> process.incrementAndGet();

        assertThat(catchThrowableOfType(HistoryException.class, this::ask))
                .hasMessage("the connector process ended 5 times before it answered");
    }

    @Test
    void candlesThatNoRouteBringsAreMissed() throws Exception {
        connector = command -> client.status(done((String) command.get("id"), true, null, 7));

        assertThat(ask().missing()).contains("direct:history");
    }

    @Test
    void aBackfillFromAConnectorWithoutHistoryIsSkippedWithTheReason() {
        connector = command -> client.failure(
                new Failure("no such thing", "unsupported", null, null, (String) command.get("id"), false));
        BackfillProgress progress = backfill(new Market(() -> 0));

        assertThat(progress.status()).isEqualTo(BackfillProgress.BackfillStatus.SKIPPED);
        assertThat(progress.failures()).containsExactly("no such thing");
        assertThat(progress.failed()).isZero();
        assertThat(commands).extracting(command -> command.get("channel")).containsExactly("kline.1d", "kline.1m");
    }

    @Test
    void minutesAreEnough() {
        connector = command -> {
            String id = (String) command.get("id");
            if (command.get("channel").equals("kline.1d")) {
                client.failure(new Failure("minutes only", "unsupported", null, null, id, false));
            } else {
                long from = (long) command.get("from");
                client.event(candle("BTCUSDT", from));
                client.status(done(id, true, null));
            }
        };
        Market market = new Market(() -> 0);
        BackfillProgress progress = backfill(market);

        assertThat(progress.status()).isEqualTo(BackfillProgress.BackfillStatus.DONE);
        assertThat(progress.filled()).isEqualTo(2);
        assertThat(market.context(Ids.linear("BTCUSDT")).volume()).isEqualByComparingTo("3");
        assertThat(market.context(Ids.linear("BTCUSDT")).previous().high()).isEqualByComparingTo("102");
    }

    private BackfillProgress backfill(Market market) {
        BackfillProgress progress = new BackfillProgress(() -> 0);
        Backfill.Plan plan = new Backfill.Plan("custom", null, "levels", Ids.linear(List.of("BTCUSDT")), Duration.ZERO);
        new Backfill(
                        plan,
                        client,
                        market,
                        () -> FROM + 15 * 60 * MINUTE,
                        progress,
                        new MissingTrades(plan.symbols(), () -> 0))
                .run();
        return progress;
    }

    private HistoryAnswer ask() throws HistoryException, InterruptedException {
        return client.candles(KlineInterval.MINUTE, MINUTE, Ids.linear("BTCUSDT"), FROM, FROM + 2 * MINUTE);
    }

    private static HistoryEvent candle(String symbol, long start) {
        return new HistoryEvent(new Kline(
                symbol,
                "linear",
                (start + MINUTE) * 1_000,
                KlineInterval.MINUTE,
                start * 1_000,
                (start + MINUTE - 1) * 1_000,
                new BigDecimal("100"),
                new BigDecimal("102"),
                new BigDecimal("99"),
                new BigDecimal("101"),
                new BigDecimal("3"),
                null,
                true,
                (start + MINUTE) * 1_000,
                false));
    }

    private static Status done(String id, boolean complete, String reason) {
        return done(id, complete, reason, 0);
    }

    private static Status done(String id, boolean complete, String reason, long count) {
        return new HistoryDone(
                new Head("other", "BTCUSDT", "kline.1m", id, reason),
                null,
                Instant.parse("2026-03-02T00:00:00Z"),
                Instant.parse("2026-03-02T00:02:00Z"),
                count,
                complete);
    }

    private static Status heartbeat(int open) {
        return Heartbeat.of(Head.of("other", null), Map.of("history_open", open, "history_circuit", "half-open"));
    }
}
