package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.book.OrderBook;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Bybit connector as a process of its own against the local exchange. */
class BybitProcessTest {

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
    void tradesAndBooksFlowAndContinueEachOther() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment(), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.subscribe("depth", "BTCUSDT", "c-2");
            bybit.subscribe("depth", "NOSUCHUSDT", "c-3");
            bybit.subscribe("depth.200", "ETHUSDT", "c-4");
            await().atMost(ConnectorChild.PATIENCE)
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
    void aServerThatDiesAndComesBackIsNoticedAndEverythingRunsAgain() throws Exception {
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

            await().atMost(ConnectorChild.PATIENCE)
                    .until(() -> bybit.statuses(Synced.STATUS).size() == 2);
            await().atMost(ConnectorChild.PATIENCE)
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
    void aReaderThatFallsBehindGetsMergedBooksThatStillContinueEachOther() throws Exception {
        exchange.close();
        exchange =
                ExchangeServer.start(ExchangeConfig.builder().seed(5).speed(300).build());
        List<String> symbols = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT");
        try (ConnectorChild bybit = ConnectorChild.startUnread(environment(), "bybit")) {
            for (String symbol : symbols) {
                bybit.subscribe("depth", symbol, "d-" + symbol);
            }
            // Nobody reads for a while: the pipe, and then what may wait in the process, fills up.
            await().pollDelay(Duration.ofSeconds(4)).until(() -> bybit.process().isAlive());

            bybit.readEvents();
            await().atMost(ConnectorChild.PATIENCE).until(() -> bybit.statuses(Heartbeat.STATUS).stream()
                    .anyMatch(beat -> ((Number) beat.details().get("depth_merged")).longValue() > 0));
            int merged = bybit.events(Depth.class).size();
            await().atMost(ConnectorChild.PATIENCE)
                    .until(() -> bybit.events(Depth.class).size() > merged + 200);

            assertThat(bybit.statuses(Resyncing.STATUS)).isEmpty();
            for (String symbol : symbols) {
                assertContinuous(bybit.events(Depth.class), symbol, 50);
            }
        }
    }

    @Test
    void settingsThatCannotWorkEndItWithOneLineEach() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(
                Map.of("BYBIT_CATEGORY", "stocks", "BYBIT_DEPTH", "51", "BYBIT_WS_BASE_URL", "ftp://x"), "bybit")) {
            assertThat(bybit.awaitExit(ConnectorChild.PATIENCE)).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(bybit.events()).isEmpty();
            assertThat(bybit.stderr())
                    .containsExactly(
                            "BYBIT_CATEGORY is \"stocks\", must be one of linear, inverse, spot, option",
                            "BYBIT_DEPTH is \"51\", must be one of [1, 50, 200, 1000] in category linear",
                            "BYBIT_WS_BASE_URL is \"ftp://x\", must be a URL that begins with ws:// or wss:// and names a host");
        }
    }

    @Test
    void anUnreadableConfigFileEndsItWithOneLine() throws Exception {
        try (ConnectorChild bybit =
                ConnectorChild.start(Map.of("BYBIT_CONNECTOR_CONFIG_FILE", "/nowhere/config.json"), "bybit")) {
            assertThat(bybit.awaitExit(ConnectorChild.PATIENCE)).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(bybit.stderr()).singleElement().asString().contains("/nowhere/config.json", "cannot be read");
        }
    }

    @Test
    void unknownConnectorIsBadUsage() throws Exception {
        try (ConnectorChild child = ConnectorChild.start(Map.of(), "kraken")) {
            assertThat(child.awaitExit(ConnectorChild.PATIENCE)).isEqualTo(ExitCode.USAGE);
            assertThat(child.stderr())
                    .containsExactly("no connector is called \"kraken\"; known are bybit, replay, stub");
        }
    }

    @Test
    void aTestnetFlagThatIsNoBooleanIsWarnedAboutAndReadAsFalse() throws Exception {
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

    /** Keeps the book as a reader would, strict about every rule. */
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
