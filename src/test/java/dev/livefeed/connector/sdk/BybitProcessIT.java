package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.book.OrderBook;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Bybit connector as a separate process against the local exchange. */
class BybitProcessIT {

    @TempDir
    private Path folder;

    private ExchangeServer exchange;

    @BeforeEach
    void startExchange() throws IOException {
        exchange =
                ExchangeServer.start(ExchangeConfig.builder().seed(5).speed(20).build());
    }

    @AfterEach
    void closeExchange() {
        exchange.close();
    }

    @Test
    void historyComesBesideLiveTradesAndDisturbsNone() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment(), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> !bybit.events(Trade.class).isEmpty());
            long to = System.currentTimeMillis() / 60_000 * 60_000;
            bybit.send("{\"command\":\"history\",\"channel\":\"kline.1m\",\"symbol\":\"BTCUSDT\",\"from\":"
                    + (to - 4_320 * 60_000) + ",\"to\":" + to + ",\"id\":\"h-1\"}");
            bybit.awaitStatus(HistoryDone.STATUS);

            Status done = bybit.statuses(HistoryDone.STATUS).get(0);
            List<Kline> candles = bybit.events(HistoryEvent.class).stream()
                    .map(past -> (Kline) past.event())
                    .toList();
            assertThat(done.id()).isEqualTo("h-1");
            assertThat(((HistoryDone) done).nothingMissing()).isTrue();
            assertThat(candles)
                    .hasSizeBetween(4_319, 4_320)
                    .hasSize(((Number) done.details().get("count")).intValue())
                    .allMatch(candle -> candle.closed() && candle.synthetic());
            for (int i = 1; i < candles.size(); i++) {
                assertThat(candles.get(i).startMicros() - candles.get(i - 1).startMicros())
                        .isEqualTo(60_000_000);
            }
            List<Event> all = List.copyOf(bybit.events());
            long between = all.subList(firstPast(all), all.indexOf(done)).stream()
                    .filter(Trade.class::isInstance)
                    .count();
            assertThat(between).as("live trades do not wait for the end of it").isPositive();
            List<Trade> trades = bybit.events(Trade.class);
            assertThat(trades).extracting(Trade::timestampMicros).isSorted();
            assertThat(trades).extracting(Trade::id).doesNotHaveDuplicates();
            assertThat(trades).noneMatch(Trade::repaired);
            assertThat(bybit.statuses(Gap.STATUS)).isEmpty();
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    private static int firstPast(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof HistoryEvent) {
                return i;
            }
        }
        throw new AssertionError("no event of the past has come");
    }

    @Test
    void tradesAndBooksAreContinuous() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment(), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.subscribe("depth", "BTCUSDT", "c-2");
            bybit.subscribe("depth", "NOSUCHUSDT", "c-3");
            bybit.subscribe("depth.200", "ETHUSDT", "c-4");
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> bybit.events(Trade.class).size() > 20
                            && bybit.events(Depth.class).size() > 100
                            && !bybit.failures().isEmpty());

            assertThat(bybit.statuses(ConnectionUp.STATUS))
                    .singleElement()
                    .satisfies(connected -> assertThat(connected.details()).containsEntry("synthetic", true));
            assertThat(bybit.statuses(Subscribed.STATUS))
                    .extracting(Status::id)
                    .containsExactlyInAnyOrder("c-1", "c-2", "c-4");
            assertThat(bybit.failures()).extracting(Failure::id).containsExactly("c-3");
            List<Trade> trades = bybit.events(Trade.class);
            assertThat(trades).extracting(Trade::id).doesNotHaveDuplicates();
            assertThat(trades).allMatch(t -> t.synthetic() && t.seq() > 0 && t.receivedAt() >= t.timestampMicros());
            assertThat(trades).extracting(Trade::timestampMicros).isSorted();
            assertContinuous(bybit.events(Depth.class), "BTCUSDT", 50);
            assertContinuous(bybit.events(Depth.class), "ETHUSDT", 200);
            assertThat(bybit.statuses(Resyncing.STATUS)).isEmpty();
            assertThat(bybit.invalid()).isEmpty();

            bybit.send("{\"command\":\"stop\"}");
            assertThat(bybit.awaitExit(Duration.ofSeconds(5))).isZero();
        }
    }

    @Test
    void reconnectsAfterTheServerRestarts() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment(), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.subscribe("depth", "BTCUSDT", "c-2");
            bybit.awaitStatus(Synced.STATUS);
            int port = exchange.port();

            exchange.close();
            bybit.awaitStatus(ConnectionDown.STATUS);
            int lost =
                    bybit.events().indexOf(bybit.statuses(ConnectionDown.STATUS).get(0));
            exchange = ExchangeServer.start(
                    ExchangeConfig.builder().seed(6).speed(20).port(port).build());

            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> bybit.statuses(Synced.STATUS).size() == 2);
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> bybit.events().stream().skip(lost).anyMatch(Trade.class::isInstance));
            Depth first = bybit.events().stream()
                    .skip(lost)
                    .filter(Depth.class::isInstance)
                    .map(Depth.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.snapshot()).isTrue();
            assertThat(bybit.statuses(ConnectionUp.STATUS)).hasSize(2);
        }
    }

    @Test
    void slowReaderGetsMergedButContinuousBooks() throws Exception {
        exchange.close();
        exchange =
                ExchangeServer.start(ExchangeConfig.builder().seed(5).speed(300).build());
        List<String> symbols = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT");
        try (ConnectorChild bybit = ConnectorChild.start(patient(), "bybit")) {
            for (String symbol : symbols) {
                bybit.subscribe("depth", symbol, "d-" + symbol);
            }
            // Without a reader, first the pipe and then the outbox fills up; on a busy machine that takes longer.
            int pauses = 0;
            do {
                Duration pause = Duration.ofSeconds(4L << pauses++);
                assertThat(pauses).as("pauses until books are merged").isLessThan(5);
                bybit.unread(() -> await().pollDelay(pause)
                        .atMost(pause.plusSeconds(10))
                        .until(() -> bybit.process().isAlive()));
            } while (merged(bybit, "ping-" + pauses) == 0);
            int merged = bybit.events(Depth.class).size();
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> bybit.events(Depth.class).size() > merged + 200);

            assertThat(bybit.statuses(Resyncing.STATUS)).isEmpty();
            for (String symbol : symbols) {
                assertContinuous(bybit.events(Depth.class), symbol, 50);
            }
        }
    }

    /** The timeouts must not end connections because the machine is busy. */
    private Map<String, String> patient() throws IOException {
        Path file = Files.writeString(
                folder.resolve("connector.json"),
                "{\"pong_timeout_ms\": 60000, \"ack_timeout_ms\": 60000, \"snapshot_timeout_ms\": 60000}");
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("BYBIT_CONNECTOR_CONFIG_FILE", file.toString());
        return environment;
    }

    /** Number of book events that were merged, as the heartbeat says that answers a ping. */
    private static long merged(ConnectorChild bybit, String id) throws IOException {
        bybit.send("{\"command\":\"ping\",\"id\":\"" + id + "\"}");
        bybit.awaitEvent(event -> event instanceof Heartbeat beat && id.equals(beat.id()));
        return bybit.events(Heartbeat.class).stream()
                .filter(beat -> id.equals(beat.id()))
                .mapToLong(beat -> ((Number) beat.details().get("depth_merged")).longValue())
                .max()
                .orElse(0);
    }

    @Test
    void invalidSettingsExitWithOneLineEach() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(
                Map.of("BYBIT_CATEGORY", "stocks", "BYBIT_DEPTH", "51", "BYBIT_WS_BASE_URL", "ftp://x"), "bybit")) {
            assertThat(bybit.awaitExit(ConnectorChild.TIMEOUT)).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(bybit.events()).isEmpty();
            assertThat(bybit.stderr())
                    .containsExactly(
                            "BYBIT_CATEGORY is \"stocks\"; it must be one of linear, inverse, spot, option",
                            "BYBIT_DEPTH is \"51\"; for linear it must be one of [1, 50, 200, 1000]",
                            "BYBIT_WS_BASE_URL is \"ftp://x\"; it must be an address such as wss://host or "
                                    + "ws://host:port");
        }
    }

    @Test
    void unreadableConfigFileExitsWithOneLine() throws Exception {
        try (ConnectorChild bybit =
                ConnectorChild.start(Map.of("BYBIT_CONNECTOR_CONFIG_FILE", "/nowhere/config.json"), "bybit")) {
            assertThat(bybit.awaitExit(ConnectorChild.TIMEOUT)).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(bybit.stderr())
                    .containsExactly("BYBIT_CONNECTOR_CONFIG_FILE is \"/nowhere/config.json\"; "
                            + "it must be a JSON file that can be read");
        }
    }

    @Test
    void unknownConnectorIsAUsageError() throws Exception {
        try (ConnectorChild child = ConnectorChild.start(Map.of(), "kraken")) {
            assertThat(child.awaitExit(ConnectorChild.TIMEOUT)).isEqualTo(ExitCode.USAGE);
            assertThat(child.stderr())
                    .containsExactly("no connector is called \"kraken\"; known are binance, bybit, replay, stub");
        }
    }

    @Test
    void invalidTestnetFlagIsWarnedAboutAndReadAsFalse() throws Exception {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("BYBIT_CONNECTOR_TESTNET", "maybe");
        try (ConnectorChild bybit = ConnectorChild.start(environment, "bybit")) {
            bybit.awaitStatus(ConnectionUp.STATUS);
            assertThat(bybit.stderr()).anyMatch(line -> line.contains("WARN") && line.contains("\"maybe\""));
        }
    }

    private Map<String, String> environment() {
        return Map.of("BYBIT_WS_BASE_URL", exchange.streamUrl(), "BYBIT_REST_BASE_URL", exchange.restUrl());
    }

    /** Builds the book as a reader would and asserts every rule. */
    private static void assertContinuous(List<Depth> depths, String symbol, int levels) {
        OrderBook book = new OrderBook(levels);
        long last = -1;
        int count = 0;
        for (Depth depth : depths) {
            if (!depth.symbol().equals(symbol)) {
                continue;
            }
            assertThat(depth.levels()).isEqualTo(levels);
            if (depth.snapshot()) {
                book.snapshot(depth.bids(), depth.asks());
            } else {
                assertThat(depth.prevUpdateId()).isEqualTo(last);
                book.apply(depth.bids(), depth.asks());
            }
            last = depth.lastUpdateId();
            assertThat(book.crossed()).isFalse();
            assertThat(book.cut()).isZero();
            assertThat(book.bids().size()).isEqualTo(levels);
            assertThat(book.asks().size()).isEqualTo(levels);
            count++;
        }
        assertThat(count).isGreaterThan(5);
    }
}
