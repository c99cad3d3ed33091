package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Gap;
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

/** Tickers, candles and liquidations of the connector as a separate process against the local exchange. */
class FurtherChannelsProcessIT {

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

    private Map<String, String> environment(String category) {
        return Map.of(
                "BYBIT_CATEGORY",
                category,
                "BYBIT_WS_BASE_URL",
                exchange.streamUrl(),
                "BYBIT_REST_BASE_URL",
                exchange.restUrl());
    }

    private static void awaitUntil(ConnectorChild bybit, Predicate<ConnectorChild> condition) {
        await().atMost(ConnectorChild.TIMEOUT).until(() -> condition.test(bybit));
    }

    @Test
    void futuresHaveAllThreeAndResumeAfterTheExchangeRestarts() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment("linear"), "bybit")) {
            bybit.subscribe("ticker", "BTCUSDT", "c-1");
            bybit.subscribe("kline.1m", "BTCUSDT", "c-2");
            bybit.subscribe("kline.1M", "BTCUSDT", "c-3");
            bybit.subscribe("liquidations", "BTCUSDT", "c-4");
            bybit.subscribe("ticker", "NOSUCHUSDT", "c-5");
            awaitUntil(
                    bybit,
                    b -> b.events(Ticker.class).size() > 10
                            && b.events(Kline.class).size() > 4
                            && b.events(Liquidation.class).size() > 3
                            && !b.failures().isEmpty());

            assertThat(bybit.statuses(Subscribed.STATUS))
                    .extracting(Status::id)
                    .containsExactlyInAnyOrder("c-1", "c-2", "c-3", "c-4");
            assertThat(bybit.failures()).extracting(Failure::id).containsExactly("c-5");
            assertThat(bybit.events(MarketEvent.class))
                    .allMatch(e -> e.synthetic()
                            && e.category().equals("linear")
                            && e.symbol().equals("BTCUSDT"));
            assertThat(bybit.events(Ticker.class))
                    .allMatch(t -> t.bidPrice().compareTo(t.askPrice()) < 0
                            && t.fundingRate() != null
                            && t.nextFundingMicros() > t.timestampMicros()
                            && t.seq() > 0);
            assertThat(bybit.events(Kline.class)).extracting(Kline::channel).contains("kline.1m", "kline.1M");
            assertThat(bybit.events(Liquidation.class))
                    .extracting(Liquidation::timestampMicros)
                    .isSorted();
            int port = exchange.port();

            exchange.close();
            bybit.awaitStatus(ConnectionDown.STATUS);
            int lost =
                    bybit.events().indexOf(bybit.statuses(ConnectionDown.STATUS).get(0));
            exchange = ExchangeServer.start(
                    ExchangeConfig.builder().seed(6).speed(50).port(port).build());

            for (Class<?> type : List.of(Ticker.class, Kline.class, Liquidation.class)) {
                awaitUntil(bybit, b -> b.events().stream().skip(lost).anyMatch(type::isInstance));
            }
            assertThat(bybit.statuses(Gap.STATUS))
                    .filteredOn(gap -> gap.channel().equals("liquidations"))
                    .hasSize(1);
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    @Test
    void spotHasTickersAndCandles() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment("spot"), "bybit")) {
            bybit.subscribe("ticker", "BTCUSDT", "c-1");
            bybit.subscribe("kline.5m", "BTCUSDT", "c-2");
            bybit.subscribe("liquidations", "BTCUSDT", "c-3");
            awaitUntil(
                    bybit,
                    b -> b.events(Ticker.class).size() > 5
                            && b.events(Kline.class).size() > 1);

            assertThat(bybit.events(Ticker.class))
                    .allMatch(t -> t.lastPrice() != null
                            && t.bidPrice() == null
                            && t.category().equals("spot"));
            assertThat(bybit.failures())
                    .extracting(Failure::error)
                    .singleElement()
                    .asString()
                    .contains("no liquidations");
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    @Test
    void optionsHaveTickersPerContract() throws Exception {
        String contract = listedContract();
        try (ConnectorChild bybit = ConnectorChild.start(environment("option"), "bybit")) {
            bybit.subscribe("ticker", contract, "c-1");
            bybit.subscribe("kline.1m", contract, "c-2");
            awaitUntil(bybit, b -> b.events(Ticker.class).size() > 2);

            assertThat(bybit.events(Ticker.class))
                    .allMatch(t -> t.symbol().equals(contract)
                            && t.figure(TickerFigure.DELTA) != null
                            && t.figure(TickerFigure.MARK_IV) != null);
            assertThat(bybit.failures())
                    .extracting(Failure::error)
                    .singleElement()
                    .asString()
                    .contains("no candles");
            assertThat(bybit.invalid()).isEmpty();
        }
    }

    private String listedContract() throws Exception {
        URI instruments =
                URI.create(exchange.restUrl() + "/v5/market/instruments-info?category=option&baseCoin=BTC&limit=1");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(instruments).build(), HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper()
                .readTree(answer.body())
                .at("/result/list/0/symbol")
                .asText();
    }
}
