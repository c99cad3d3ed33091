package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.RiskEvent.AdlAlert;
import dev.livefeed.protocol.model.RiskEvent.InsurancePool;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Risk figures, books with RPI orders and announcements of the connector as a process against the local exchange. */
class NoticesProcessIT {

    private ExchangeServer exchange;

    @BeforeEach
    void startExchange() throws IOException {
        exchange =
                ExchangeServer.start(ExchangeConfig.builder().seed(5).speed(50).build());
    }

    @AfterEach
    void closeExchange() {
        exchange.close();
    }

    private ConnectorChild start(String category) throws IOException {
        return ConnectorChild.start(
                Map.of(
                        "BYBIT_CATEGORY",
                        category,
                        "BYBIT_WS_BASE_URL",
                        exchange.streamUrl(),
                        "BYBIT_REST_BASE_URL",
                        exchange.restUrl()),
                "bybit");
    }

    private static void awaitUntil(ConnectorChild bybit, Predicate<ConnectorChild> condition) {
        await().atMost(ConnectorChild.TIMEOUT).until(() -> condition.test(bybit));
    }

    private void control(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(exchange.restUrl() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static List<String> states(ConnectorChild bybit) {
        return bybit.statuses(Maintenance.STATUS).stream()
                .map(status -> ((Maintenance) status).state())
                .toList();
    }

    @Test
    void futuresHaveAllOfThem() throws Exception {
        try (ConnectorChild bybit = start("linear")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.subscribe("adl", "BTCUSDT", "c-2");
            bybit.subscribe("adl", "ETHUSDT", "c-3");
            bybit.subscribe("insurance", "BTCUSDT", "c-4");
            bybit.subscribe("price-limit", "BTCUSDT", "c-5");
            bybit.subscribe("depth.rpi", "BTCUSDT", "c-6");
            bybit.subscribe("system", "BTCUSDT", "c-7");
            awaitUntil(
                    bybit,
                    b -> b.events(Trade.class).size() > 10
                            && b.events(AdlAlert.class).size() > 2
                            && b.events(InsurancePool.class).size() > 1
                            && b.events(PriceLimit.class).size() > 2
                            && b.events(RpiDepth.class).size() > 20
                            && b.statuses(Subscribed.STATUS).size() == 7);

            assertThat(bybit.events(AdlAlert.class))
                    .extracting(AdlAlert::symbol)
                    .contains("BTCUSDT", "ETHUSDT")
                    .doesNotContain("SOLUSDT");
            assertThat(bybit.events(InsurancePool.class))
                    .allMatch(pool ->
                            pool.symbol().equals("BTCUSDT") && pool.coin().equals("USDT") && pool.synthetic());
            assertThat(bybit.events(PriceLimit.class))
                    .allMatch(limit -> limit.highestBid().compareTo(limit.lowestAsk()) > 0);
            assertThat(bybit.events(RpiDepth.class)).allSatisfy(NoticesProcessIT::sound);
            assertThat(bybit.events(RpiDepth.class)).anyMatch(book -> book.bids().stream()
                    .anyMatch(
                            level -> level.qty().signum() == 0 && level.rpiQty().signum() > 0));
            assertThat(bybit.statuses(ConnectionUp.STATUS))
                    .as("only the market")
                    .hasSize(1);
            assertThat(bybit.failures()).isEmpty();
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    private static void sound(RpiDepth book) {
        assertThat(book.bids()).hasSizeBetween(1, 50);
        assertThat(book.asks()).hasSizeBetween(1, 50);
        assertThat(book.bids().get(0).price()).isLessThan(book.asks().get(0).price());
        assertThat(book.bids())
                .extracting(RpiDepth.Level::price)
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(book.asks()).extracting(RpiDepth.Level::price).isSorted();
    }

    @Test
    void inverseContractsAreOneGroup() throws Exception {
        try (ConnectorChild bybit = start("inverse")) {
            bybit.subscribe("adl", "BTCUSD", "c-1");
            bybit.subscribe("insurance", "INVERSE", "c-2");
            awaitUntil(
                    bybit,
                    b -> !b.events(AdlAlert.class).isEmpty()
                            && !b.events(InsurancePool.class).isEmpty());

            assertThat(bybit.events(AdlAlert.class))
                    .allMatch(alert -> alert.symbol().equals("BTCUSD")
                            && alert.category().equals("inverse")
                            && alert.figures().coin().equals("BTC"));
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    @Test
    void spotHasPriceLimitsAndRpiBooks() throws Exception {
        try (ConnectorChild bybit = start("spot")) {
            bybit.subscribe("depth.rpi", "BTCUSDT", "c-1");
            bybit.subscribe("price-limit", "BTCUSDT", "c-2");
            bybit.subscribe("adl", "BTCUSDT", "c-3");
            awaitUntil(
                    bybit,
                    b -> b.events(RpiDepth.class).size() > 3
                            && !b.events(PriceLimit.class).isEmpty()
                            && !b.failures().isEmpty());

            assertThat(bybit.failures())
                    .extracting(Failure::error)
                    .singleElement()
                    .asString()
                    .contains("category spot has no channel adl");
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    @Test
    void maintenanceIsReportedWhetherItWasAnnouncedBeforeTheSubscriptionOrAfter() throws Exception {
        control("POST", "/control/maintenance?in_ms=600000&title=Before&products=1");
        try (ConnectorChild bybit = start("linear")) {
            bybit.subscribe("system", "BTCUSDT", "c-1");
            awaitUntil(bybit, b -> states(b).equals(List.of("scheduled")));
            control("DELETE", "/control/maintenance");
            awaitUntil(bybit, b -> states(b).equals(List.of("scheduled", "canceled")));

            control("POST", "/control/maintenance?in_ms=1000&for_ms=1000&title=After&products=1,2");
            awaitUntil(bybit, b -> states(b).size() == 5);

            assertThat(states(bybit)).containsExactly("scheduled", "canceled", "scheduled", "ongoing", "completed");
            Maintenance last = (Maintenance) bybit.statuses(Maintenance.STATUS).get(4);
            assertThat(last.title()).isEqualTo("After");
            assertThat(last.categories()).containsExactly("linear", "inverse", "spot");
            assertThat(last.begin()).isBefore(last.end());
            assertThat(bybit.statuses(Maintenance.STATUS))
                    .extracting(Status::channel)
                    .containsOnly("system");
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    @Test
    void theRpiBookIsWholeAgainAfterLostFrames() throws Exception {
        try (ConnectorChild bybit = start("linear")) {
            bybit.subscribe("depth.rpi", "BTCUSDT", "c-1");
            awaitUntil(bybit, b -> b.events(RpiDepth.class).size() > 3);
            control("POST", "/control/fault?kind=lost&topic=orderbook.rpi.BTCUSDT&count=2");
            control("POST", "/control/fault?kind=broken&topic=orderbook.rpi.BTCUSDT&after=2s");
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> bybit.stderr().stream()
                                    .filter(line -> line.contains("book_lost topic=orderbook.rpi.BTCUSDT"))
                                    .count()
                            >= 2);
            int known = bybit.events(RpiDepth.class).size();

            awaitUntil(bybit, b -> b.events(RpiDepth.class).size() > known + 3);

            assertThat(bybit.events(RpiDepth.class)).allSatisfy(NoticesProcessIT::sound);
            assertThat(bybit.invalid()).isEmpty();
        }
    }
}
