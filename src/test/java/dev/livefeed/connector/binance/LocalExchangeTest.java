package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The connector on the local exchange as Binance: its books and trades are those of the exchange, after faults too. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class LocalExchangeTest {

    private static final String SYMBOL = "BTCUSDT";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ExchangeServer exchange() throws IOException {
        return ExchangeServer.start(ExchangeConfig.builder()
                .venues(Set.of(Venue.BYBIT, Venue.BINANCE))
                .speed(3)
                .levels(150)
                .tradesKept(50_000)
                .truth(true)
                .build());
    }

    @ParameterizedTest
    @CsvSource({"SPOT,aggTrade", "SPOT,trade", "USDM,aggTrade", "USDM,trade"})
    void booksAndTradesAreThoseOfTheExchange(BinanceMarket market, String trades) throws Exception {
        try (ExchangeServer exchange = exchange();
                RunningConnector connector = connector(exchange, market, trades)) {
            connector.subscribe("trades", SYMBOL);
            connector.subscribe("depth", SYMBOL);
            connector.awaitStatus("synced");
            awaitProgress(connector);
            int mark = connector.mark();
            fault(exchange, market, "kind=lost&topic=btcusdt@depth*");
            connector.awaitStatusSince(mark, "resyncing");
            connector.awaitStatusSince(mark, "synced");
            awaitProgress(connector);
            mark = connector.mark();
            fault(exchange, market, "kind=drop");
            connector.awaitStatusSince(mark, "disconnected");
            connector.awaitStatusSince(mark, "synced");
            awaitProgress(connector);
            mark = connector.mark();
            fault(exchange, market, "kind=shutdown&by=3s");
            // On spot it is announced, so that another connection replaces this one before its end.
            connector.awaitStatusSince(mark, market == BinanceMarket.SPOT ? "recycled" : "disconnected");
            awaitProgress(connector);

            checkTrades(connector, exchange, market, trades.equals("trade"));
            assertThat(checkBooks(connector, exchange, market)).isGreaterThan(20);
            assertThat(connector.failures()).isEmpty();
        }
    }

    /** No id says then which trade is the first: those since the subscription are fetched. */
    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void tradesAreCompleteIfTheFirstFrameCannotBeRead(BinanceMarket market) throws Exception {
        try (ExchangeServer exchange = exchange();
                RunningConnector connector = connector(exchange, market, "aggTrade")) {
            fault(exchange, market, "kind=broken&topic=*Trade&count=1");
            connector.subscribe("trades", SYMBOL);
            connector.awaitStatus("subscribed");
            connector.awaitStatus("repaired");
            RunningConnector.awaitUntil(() -> count(connector, 0, Trade.class) >= 5);

            checkTrades(connector, exchange, market, false);
            String since =
                    (String) connector.statuses("subscribed").get(0).details().get("since");
            long first = connector.events(Trade.class).get(0).timestampMicros();
            JsonNode truth =
                    request(exchange, "GET", "/control/trades?venue=binance&category=" + market + "&symbol=" + SYMBOL);
            for (JsonNode row : truth.get("list")) {
                long micros = row.get("T").asLong() * 1_000L;
                assertThat(micros < first && micros >= Instant.parse(since).toEpochMilli() * 1_000L)
                        .as("a trade of " + micros + " is missing before " + first)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void levelsThatCannotBeReadMakeABookSuspectAndDoNotStopIt(BinanceMarket market) throws Exception {
        try (ExchangeServer exchange = exchange();
                RunningConnector connector = connector(exchange, market, "aggTrade")) {
            connector.subscribe("depth", SYMBOL);
            connector.awaitStatus("synced");
            int mark = connector.mark();
            fault(exchange, market, "kind=bad-row&topic=btcusdt@depth@100ms&every=500ms");
            connector.awaitStatusSince(mark, "suspect");
            RunningConnector.awaitUntil(() -> count(connector, mark, Depth.class) >= 60);

            assertThat(connector.statuses("resyncing")).hasSizeLessThanOrEqualTo(1);
            assertThat(connector.statuses("suspect").size()).isLessThanOrEqualTo(4);
        }
    }

    private static RunningConnector connector(ExchangeServer exchange, BinanceMarket market, String trades) {
        return new RunningConnector(
                Map.of(
                        "BINANCE_MARKET",
                        market.setting(),
                        "BINANCE_TRADES",
                        trades,
                        "BINANCE_WS_BASE_URL",
                        exchange.streamUrl(),
                        "BINANCE_REST_BASE_URL",
                        exchange.restUrl()),
                "");
    }

    private static void fault(ExchangeServer exchange, BinanceMarket market, String fault) throws Exception {
        assertThat(request(exchange, "POST", "/control/fault?category=" + market + "&" + fault)
                        .has("id"))
                .isTrue();
    }

    private static void awaitProgress(RunningConnector connector) {
        int mark = connector.mark();
        RunningConnector.awaitUntil(
                () -> count(connector, mark, Depth.class) >= 10 && count(connector, mark, Trade.class) >= 3);
    }

    private static long count(RunningConnector connector, int mark, Class<?> type) {
        return connector.events().stream().skip(mark).filter(type::isInstance).count();
    }

    /** Every trade of the exchange from the first to the last of the connector, once, in order and unchanged. */
    private static void checkTrades(
            RunningConnector connector, ExchangeServer exchange, BinanceMarket market, boolean single)
            throws Exception {
        List<Trade> trades = connector.events(Trade.class);
        Map<String, JsonNode> made = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        JsonNode truth = request(
                exchange,
                "GET",
                "/control/trades?venue=binance&category=" + market + "&symbol=" + SYMBOL + "&single=" + single);
        for (JsonNode row : truth.get("list")) {
            String id = row.get(single ? "id" : "a").asText();
            numbers.put(id, made.size());
            made.put(id, row);
        }
        int first = numbers.get(trades.get(0).id());
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = trades.get(i);
            assertThat(numbers.get(trade.id())).as("trade " + trade.id()).isEqualTo(first + i);
            JsonNode row = made.get(trade.id());
            assertThat(trade.price())
                    .isEqualByComparingTo(row.get(single ? "price" : "p").asText());
            assertThat(trade.qty())
                    .isEqualByComparingTo(row.get(single ? "qty" : "q").asText());
            assertThat(trade.timestampMicros())
                    .isEqualTo(row.get(single ? "time" : "T").asLong() * 1_000L);
            assertThat(trade.isBuyerMaker())
                    .isEqualTo(row.get(single ? "isBuyerMaker" : "m").asBoolean());
        }
        assertThat(connector.statuses("gap")).isEmpty();
    }

    /** Each book that the exchange still knows is the same level by level. */
    private static int checkBooks(RunningConnector connector, ExchangeServer exchange, BinanceMarket market)
            throws Exception {
        OrderBook book = new OrderBook(50);
        int compared = 0;
        for (Event event : List.copyOf(connector.events())) {
            if (!(event instanceof Depth depth)) {
                continue;
            }
            if (depth.snapshot()) {
                book.snapshot(depth.bids(), depth.asks());
            } else {
                book.apply(depth.bids(), depth.asks());
            }
            JsonNode truth = request(
                    exchange,
                    "GET",
                    "/control/book?venue=binance&depth=50&category=" + market + "&symbol=" + SYMBOL + "&u="
                            + depth.lastUpdateId());
            if (truth.has("u")) {
                same(book.bids().top(50), truth.get("b"), depth.lastUpdateId());
                same(book.asks().top(50), truth.get("a"), depth.lastUpdateId());
                compared++;
            }
        }
        return compared;
    }

    private static void same(Levels levels, JsonNode truth, long id) {
        assertThat(levels.size()).as("levels at " + id).isEqualTo(truth.size());
        for (int i = 0; i < levels.size(); i++) {
            assertThat(levels.price(i))
                    .as("book at " + id)
                    .isEqualByComparingTo(truth.get(i).get(0).asText());
            assertThat(levels.qty(i))
                    .as("book at " + id)
                    .isEqualByComparingTo(truth.get(i).get(1).asText());
        }
    }

    private static JsonNode request(ExchangeServer exchange, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(exchange.restUrl() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        return JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
