package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connector on real sockets, against a server with a market that never rests and with the venue's faults. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class VenueFaultTest {

    private static final String BTC = "BTCUSDT";
    private static final String ETH = "ETHUSDT";

    private static RunningConnector synced(ScriptedBinance server, String file, String... environment) {
        RunningConnector connector = new RunningConnector(server, file, environment);
        for (String symbol : server.markets.keySet()) {
            connector.subscribe("trades", symbol);
            connector.subscribe("depth", symbol);
        }
        RunningConnector.awaitUntil(() -> connector.statuses("synced").size() >= server.markets.size()
                && connector.events(Trade.class).size() >= 5);
        return connector;
    }

    /** Both kinds of data go on. */
    private static void awaitProgress(RunningConnector connector) {
        int mark = connector.mark();
        RunningConnector.awaitUntil(() -> connector.events().stream()
                                .skip(mark)
                                .filter(Depth.class::isInstance)
                                .count()
                        >= 20
                && connector.events().stream()
                                .skip(mark)
                                .filter(Trade.class::isInstance)
                                .count()
                        >= 10);
    }

    private static void check(RunningConnector connector, ScriptedBinance server) {
        for (String symbol : server.markets.keySet()) {
            EventChecks.tradesAreComplete(connector, server, symbol);
            assertThat(EventChecks.booksAreRight(connector, server, symbol)).isGreaterThan(10);
        }
        assertThat(server.violations).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void booksAreRightAndTradesComplete(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC, ETH);
                RunningConnector connector = synced(server, "")) {
            awaitProgress(connector);

            check(connector, server);
            assertThat(connector.statuses("resyncing")).isEmpty();
            assertThat(connector.statuses("instrument"))
                    .extracting(Status::symbol)
                    .contains(BTC, ETH);
            assertThat(connector.statuses("subscribed"))
                    .extracting(Status::id)
                    .contains("trades-" + BTC, "depth-" + ETH);
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void droppedConnectionsLoseNoTradeAndNoBook(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC);
                RunningConnector connector = synced(server, "")) {
            for (int i = 0; i < 2; i++) {
                int mark = connector.mark();
                server.drop();
                connector.awaitStatusSince(mark, "disconnected");
                connector.awaitStatusSince(mark, "connected");
                connector.awaitStatusSince(mark, "synced");
                connector.awaitStatusSince(mark, "repaired");
                awaitProgress(connector);
            }

            check(connector, server);
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void lostUpdatesAndTradesAreNoticedByTheirIds(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC);
                RunningConnector connector = synced(server, "")) {
            int mark = connector.mark();
            server.loseDepth(1);
            connector.awaitStatusSince(mark, "resyncing");
            connector.awaitStatusSince(mark, "synced");
            server.loseTrades(3);
            connector.awaitStatusSince(mark, "repaired");
            awaitProgress(connector);

            check(connector, server);
            assertThat(connector.events(Trade.class)).anyMatch(Trade::repaired);
            assertThat(connector.statuses("disconnected")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void aStallWithPongsIsFoundByAnOverlappingConnection(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC);
                RunningConnector connector = synced(server, "{\"data_silence_ms\":500}")) {
            awaitProgress(connector);
            int mark = connector.mark();
            server.stall(true);
            connector.awaitSince(
                    mark,
                    event -> event instanceof Status status
                            && status.status().equals("disconnected")
                            && status.head().reason().contains("stalled"));
            connector.awaitStatusSince(mark, "repaired");
            awaitProgress(connector);

            check(connector, server);
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void aStallWithoutPongsIsADeadConnection(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC);
                RunningConnector connector = synced(
                        server, "{\"ping_interval_ms\":1000,\"pong_timeout_ms\":500,\"data_silence_ms\":60000}")) {
            int mark = connector.mark();
            server.stall(false);
            connector.awaitSince(
                    mark,
                    event -> event instanceof Status status
                            && status.status().equals("disconnected")
                            && status.head().reason().contains("no pong"));
            connector.awaitStatusSince(mark, "synced");
            connector.awaitStatusSince(mark, "repaired");
            awaitProgress(connector);

            check(connector, server);
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void staleAndSlowSnapshotsAreFetchedAgain(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC);
                RunningConnector connector = synced(server, "")) {
            awaitProgress(connector);
            int mark = connector.mark();
            server.staleSnapshots(3);
            server.slowSnapshots(700);
            server.loseDepth(1);
            connector.awaitStatusSince(mark, "resyncing");
            connector.awaitStatusSince(mark, "synced");
            awaitProgress(connector);

            check(connector, server);
            assertThat(server.requests.stream().filter(path -> path.contains("/depth")))
                    .hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void rateLimitsOfRestAreHeededAndReported(BinanceMarket market) throws Exception {
        for (int status : new int[] {429, 418}) {
            try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC);
                    RunningConnector connector = synced(server, "")) {
                int mark = connector.mark();
                server.refuse(1, status, "2");
                server.loseDepth(1);
                connector.awaitSince(
                        mark,
                        event -> event instanceof Status one
                                && one.status().equals("throttled")
                                && one.head().reason().contains("" + status)
                                && ((Number) one.details().get("retry_in_ms")).longValue() >= 1_900);
                int during = server.requests.size();
                long begun = System.nanoTime();
                connector.awaitStatusSince(mark, "synced");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_500));
                assertThat(server.requests.size()).isGreaterThan(during);
                awaitProgress(connector);

                check(connector, server);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void anAnnouncedShutdownMissesNothingAndDoublesNothing(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC, ETH);
                RunningConnector connector = synced(server, "")) {
            int mark = connector.mark();
            server.shutDown(8_000);
            connector.awaitStatusSince(mark, "recycled");
            awaitProgress(connector);

            check(connector, server);
            assertThat(connector.statuses("resyncing")).isEmpty();
            assertThat(connector.statuses("disconnected")).isEmpty();
            assertThat(connector.statuses("repaired")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void anOldConnectionIsReplacedByAnOverlappingOne(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 300, BTC);
                RunningConnector connector = synced(server, "{\"recycle_after_ms\":1500}")) {
            RunningConnector.awaitUntil(() -> connector.statuses("recycled").size() >= 3);
            awaitProgress(connector);

            check(connector, server);
            assertThat(connector.statuses("resyncing")).isEmpty();
            assertThat(connector.statuses("disconnected")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void aBookThatMovesBeyondItsSnapshotIsDeepenedInTime(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 6_000, BTC)) {
            server.locked(() -> {
                server.market(BTC).drift(3);
                return null;
            });
            try (RunningConnector connector = synced(server, "")) {
                int wanted = market == BinanceMarket.SPOT ? 1 : 3;
                RunningConnector.awaitUntil(() -> server.requests.stream()
                                .filter(path -> path.contains("/depth"))
                                .count()
                        > wanted);
                awaitProgress(connector);

                check(connector, server);
                assertThat(connector.statuses("resyncing")).isEmpty();
            }
        }
    }
}
