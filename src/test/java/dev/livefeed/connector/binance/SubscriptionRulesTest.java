package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The venue's rules for connections and messages, and the answers to commands. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class SubscriptionRulesTest {

    private static final String BTC = "BTCUSDT";

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void manyStreamsStayWithinTheRateOfMessagesAndPingsAreAnsweredWithTheirPayload(BinanceMarket market)
            throws Exception {
        String[] symbols =
                IntStream.range(0, 40).mapToObj(i -> "S" + i + "USDT").toArray(String[]::new);
        try (ScriptedBinance server = new ScriptedBinance(market, 60, symbols);
                RunningConnector connector = new RunningConnector(server, "{\"streams_per_connection\":50}")) {
            for (String symbol : symbols) {
                connector.subscribe("trades", symbol);
                connector.subscribe("depth", symbol);
                connector.subscribe("ticker", symbol);
            }
            for (int i = 0; i < 10; i++) {
                server.ping("payload-" + i);
            }
            RunningConnector.awaitUntil(() -> connector.statuses("subscribed").size() >= 3 * symbols.length
                    && connector.statuses("synced").size() >= symbols.length);
            server.ping("the last one");
            RunningConnector.awaitUntil(() -> server.pongs.contains("the last one"));
            int streams = (market == BinanceMarket.SPOT ? 4 : 4) * symbols.length;

            assertThat(server.violations).isEmpty();
            assertThat(server.open()).isGreaterThanOrEqualTo(streams / 50);
            for (String symbol : List.of(symbols[0], symbols[39])) {
                EventChecks.tradesAreComplete(connector, server, symbol);
                EventChecks.booksAreRight(connector, server, symbol);
            }
        }
    }

    @Test
    void futuresUseBothPathsAndSpotOne() throws Exception {
        for (BinanceMarket market : BinanceMarket.values()) {
            try (ScriptedBinance server = new ScriptedBinance(market, 60, BTC);
                    RunningConnector connector = new RunningConnector(server, "")) {
                connector.subscribe("trades", BTC);
                connector.subscribe("depth", BTC);
                connector.awaitStatus("synced");
                connector.awaitSince(0, Trade.class::isInstance);

                assertThat(server.handshakes)
                        .containsExactlyInAnyOrder(
                                market == BinanceMarket.SPOT
                                        ? new String[] {"/stream"}
                                        : new String[] {"/public/stream", "/market/stream"});
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void aTickerIsMadeOfSeveralStreams(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 60, BTC);
                RunningConnector connector = new RunningConnector(server, "")) {
            connector.subscribe("ticker", BTC);
            connector.awaitSince(
                    0,
                    event -> event instanceof Ticker ticker
                            && ticker.bidPrice() != null
                            && ticker.figure(TickerFigure.VOLUME_24H) != null);

            Ticker last = connector
                    .events(Ticker.class)
                    .get(connector.events(Ticker.class).size() - 1);
            assertThat(last.figure(TickerFigure.CHANGE_24H)).isEqualByComparingTo("0.0125");
            assertThat(last.volume24h()).isEqualByComparingTo("1234.5");
            assertThat(last.askPrice()).isGreaterThan(last.bidPrice());
        }
    }

    @Test
    void unknownSymbolsChannelsAndCategoriesAreRefused() throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(BinanceMarket.SPOT, 60, BTC);
                RunningConnector connector = new RunningConnector(server, "")) {
            connector.subscribe("trades", "BTCUSD");
            connector.subscribe("liquidations", BTC);
            connector.subscribe("depth.9999", BTC);
            connector.subscribe("trades", BTC, ",\"category\":\"linear\"");
            RunningConnector.awaitUntil(() -> connector.failures().size() >= 4);

            assertThat(connector.failures())
                    .extracting(Failure::error)
                    .anyMatch(text -> text.equals("spot has no instrument BTCUSD; did you mean BTCUSDT?"))
                    .anyMatch(text -> text.startsWith("spot has no liquidations"))
                    .anyMatch(text -> text.startsWith("depth is \"9999\", must be from 1 to 5000"))
                    .anyMatch(text -> text.startsWith("category is \"linear\", must be spot"));
            assertThat(connector.failures()).extracting(Failure::code).containsOnly("refused");
        }
    }

    @Test
    void severalDepthsShareOneStreamAndOneSnapshot() throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(BinanceMarket.SPOT, 60, BTC);
                RunningConnector connector = new RunningConnector(server, "")) {
            connector.subscribe("depth", BTC);
            connector.awaitStatus("synced");
            connector.subscribe("depth.5", BTC);
            RunningConnector.awaitUntil(() -> connector.statuses("synced").size() >= 2);
            connector.send("{\"command\":\"resync\",\"channel\":\"depth.5\",\"symbol\":\"BTCUSDT\",\"id\":\"r-1\"}");
            connector.awaitSince(
                    0,
                    event -> event instanceof Status status
                            && status.status().equals("resyncing")
                            && "r-1".equals(status.id()));
            RunningConnector.awaitUntil(() -> connector.statuses("synced").size() >= 4);
            connector.send("{\"command\":\"unsubscribe\",\"channel\":\"depth\",\"symbol\":\"BTCUSDT\",\"id\":\"u-1\"}");
            connector.awaitStatus("unsubscribed");

            assertThat(server.requests.stream().filter(path -> path.contains("/depth")))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void aRestartedConnectorContinuesWithTheNextTrade(BinanceMarket market) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 60, BTC)) {
            RunningConnector.awaitUntil(
                    () -> server.locked(() -> server.market(BTC).deals.size()) > 30);
            ScriptedMarket.Deal last =
                    server.locked(() -> server.market(BTC).deals.get(10));
            try (RunningConnector connector = new RunningConnector(server, "")) {
                connector.subscribe(
                        "trades",
                        BTC,
                        ",\"since\":" + last.millis() + ",\"known\":["
                                + server
                                        .locked(() -> server.market(BTC).deals.stream()
                                                .filter(deal ->
                                                        deal.millis() == last.millis() && deal.id() <= last.id())
                                                .map(deal -> "\"" + deal.id() + "\"")
                                                .toList())
                                        .stream()
                                        .collect(java.util.stream.Collectors.joining(","))
                                + "]");
                connector.awaitStatus("repaired");
                RunningConnector.awaitUntil(
                        () -> connector.events(Trade.class).stream().anyMatch(t -> !t.repaired()));

                EventChecks.tradesAreComplete(connector, server, BTC);
                assertThat(connector.events(Trade.class).get(0).id()).isEqualTo(Long.toString(last.id() + 1));
            }
        }
    }
}
