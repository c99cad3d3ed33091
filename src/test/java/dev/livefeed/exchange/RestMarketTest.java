package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.StreamSession;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST endpoints and their consistency with the streams. */
class RestMarketTest {

    private static final long START = 1_795_000_020_000L;
    private static final long MINUTE = 60_000;

    private final Exchange exchange =
            new Exchange(ExchangeConfig.builder().speed(10).tradesKept(50_000).build(), START);
    private final RecordingConnection connection = new RecordingConnection();
    private long now = START;

    @Test
    void timeIsWrappedInTheEnvelope() {
        assertThat(exchange.get("/v5/market/time", Map.of(), START).body())
                .isEqualTo("{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"timeSecond\":\"1795000020\","
                        + "\"timeNano\":\"1795000020000000000\"},"
                        + "\"retExtInfo\":{},\"time\":1795000020000}");
    }

    @ParameterizedTest
    @CsvSource({"linear,BTCUSDT,1000,700", "spot,BTCUSDT,60,1000", "inverse,BTCUSD,1000,1000"})
    void recentTradesMatchTheStreamNewestFirst(String category, String symbol, int most, int asked) {
        StreamSession session = exchange.connect(ProductCategory.of(category).orElseThrow(), connection);
        exchange.receive(session, "{\"op\":\"subscribe\",\"args\":[\"publicTrade." + symbol + "\"]}", now);
        run(60);
        List<String> streamed = new ArrayList<>();
        connection.takeJson().forEach(frame -> frame.path("data")
                .forEach(trade -> streamed.add(trade.path("i").asText())));

        List<String> listed = new ArrayList<>();
        get("recent-trade", "category", category, "symbol", symbol, "limit", Integer.toString(asked))
                .path("list")
                .forEach(row -> listed.add(row.path("execId").asText()));

        Collections.reverse(streamed);
        assertThat(listed)
                .hasSize(Math.min(streamed.size(), Math.min(most, asked)))
                .isEqualTo(streamed.subList(0, listed.size()));
    }

    @Test
    void bookMatchesTheDeepestTopic() {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        exchange.receive(session, "{\"op\":\"subscribe\",\"args\":[\"orderbook.1000.BTCUSDT\"]}", now);
        BookReplica book = new BookReplica(1000);
        run(5);
        List<JsonNode> frames = connection.takeJson();
        frames.subList(1, frames.size()).forEach(book::apply);

        JsonNode rest = get("orderbook", "category", "linear", "symbol", "BTCUSDT", "limit", "1000");

        assertThat(rest.path("u").asLong())
                .isEqualTo(frames.get(frames.size() - 1).path("data").path("u").asLong());
        List<BigDecimal> prices = new ArrayList<>();
        rest.path("b").forEach(level -> prices.add(new BigDecimal(level.get(0).asText())));
        assertThat(prices).isEqualTo(book.bidPrices());
    }

    @Test
    void bookWithoutSubscribersKeepsChanging() {
        JsonNode before = get("orderbook", "category", "spot", "symbol", "BTCUSDT");
        run(5);
        JsonNode after = get("orderbook", "category", "spot", "symbol", "BTCUSDT");

        assertThat(before.path("b")).hasSize(1);
        assertThat(after.path("u").asLong()).isGreaterThan(before.path("u").asLong());
    }

    @Test
    void minuteCandlesAreTheSumOfTheTrades() {
        run(200);
        Map<Long, long[]> volumes = new TreeMap<>();
        var market = exchange.markets().market(ProductCategory.LINEAR, "ETHUSDT");
        for (long n = 0; n < market.trades().written(); n++) {
            var print = market.trades().get(n);
            volumes.computeIfAbsent(print.at() / MINUTE * MINUTE, m -> new long[1])[0] += print.lots();
        }

        JsonNode rows =
                get("kline", "category", "linear", "symbol", "ETHUSDT", "interval", "1", "start", Long.toString(START));

        assertThat(rows.path("list")).hasSizeGreaterThanOrEqualTo(3);
        for (JsonNode row : rows.path("list")) {
            long lots = volumes.getOrDefault(row.get(0).asLong(), new long[1])[0];
            assertThat(new BigDecimal(row.get(5).asText()))
                    .isEqualByComparingTo(new BigDecimal(market.instrument().sizeText(lots)));
        }
    }

    @ParameterizedTest
    @CsvSource({"60,60", "D,1440", "15,15"})
    void longCandlesAreTheSumOfTheirMinutes(String interval, int minutes) {
        run(70);
        JsonNode bar = get("kline", "category", "linear", "symbol", "BTCUSDT", "interval", interval, "limit", "2")
                .path("list")
                .get(1);
        long start = bar.get(0).asLong();
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal high = BigDecimal.ZERO;
        for (long from = start; from < start + minutes * MINUTE; from += 720 * MINUTE) {
            long to = Math.min(from + 720 * MINUTE, start + minutes * MINUTE) - 1;
            JsonNode rows = get(
                            "kline",
                            "category",
                            "linear",
                            "symbol",
                            "BTCUSDT",
                            "interval",
                            "1",
                            "limit",
                            "1000",
                            "start",
                            Long.toString(from),
                            "end",
                            Long.toString(to))
                    .path("list");
            for (JsonNode row : rows) {
                volume = volume.add(new BigDecimal(row.get(5).asText()));
                high = high.max(new BigDecimal(row.get(2).asText()));
            }
        }

        assertThat(new BigDecimal(bar.get(5).asText())).isEqualByComparingTo(volume);
        assertThat(new BigDecimal(bar.get(2).asText())).isEqualByComparingTo(high);
    }

    @Test
    void candlesAreNewestFirstWithinStartAndEnd() {
        JsonNode rows = get(
                        "kline",
                        "category",
                        "spot",
                        "symbol",
                        "BTCUSDT",
                        "interval",
                        "5",
                        "start",
                        Long.toString(START / 300_000 * 300_000 - 20 * 300_000),
                        "end",
                        Long.toString(START),
                        "limit",
                        "7")
                .path("list");

        assertThat(rows).hasSize(7);
        assertThat(rows.get(0).get(0).asLong()).isEqualTo(START / 300_000 * 300_000);
        for (int i = 1; i < 7; i++) {
            assertThat(rows.get(i).get(0).asLong())
                    .isEqualTo(rows.get(i - 1).get(0).asLong() - 300_000);
            assertThat(rows.get(i).get(4).asText())
                    .as("close is the next open")
                    .isEqualTo(rows.get(i - 1).get(1).asText());
        }
    }

    @Test
    void startWithoutEndReturnsTheEarliestCandles() {
        long start = START - 1000 * MINUTE;

        JsonNode rows = get("kline", "symbol", "BTCUSDT", "interval", "1", "start", Long.toString(start), "limit", "3")
                .path("list");

        assertThat(rows).hasSize(3);
        assertThat(rows.get(2).get(0).asLong()).isEqualTo(start);
    }

    @Test
    void instrumentsArePaged() {
        Exchange large = new Exchange(
                ExchangeConfig.builder()
                        .symbols(IntStream.range(0, 700)
                                .mapToObj(i -> "linear:SYM" + i + "USDT")
                                .toList())
                        .levels(50)
                        .build(),
                START);
        List<String> symbols = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = RecordingConnection.parse(large.get(
                                    "/v5/market/instruments-info",
                                    Map.of("category", "linear", "cursor", cursor),
                                    START)
                            .body())
                    .path("result");
            page.path("list").forEach(row -> symbols.add(row.path("symbol").asText()));
            cursor = page.path("nextPageCursor").asText();
            pages++;
        } while (!cursor.isEmpty());

        assertThat(pages).isEqualTo(2);
        assertThat(symbols)
                .doesNotHaveDuplicates()
                .hasSize(large.markets().of(ProductCategory.LINEAR).size());
    }

    @ParameterizedTest
    @CsvSource({"linear", "inverse", "spot", "option"})
    void everyInstrumentHasItsSteps(String category) {
        JsonNode list = get("instruments-info", "category", category).path("list");

        assertThat(list).isNotEmpty().allSatisfy(row -> {
            assertThat(row.path("status").asText()).isEqualTo("Trading");
            assertThat(new BigDecimal(row.path("priceFilter").path("tickSize").asText()))
                    .isPositive();
            String lot = category.equals("spot") ? "basePrecision" : "qtyStep";
            assertThat(new BigDecimal(row.path("lotSizeFilter").path(lot).asText()))
                    .isPositive();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "recent-trade,category=nope,Illegal category",
        "recent-trade,symbol=BTCUSDT,Illegal category",
        "recent-trade,category=linear,params error: Symbol Invalid",
        "orderbook,category=spot&symbol=NOPE,Not supported symbols",
        "orderbook,category=linear&symbol=BTCUSDT&limit=x,params error: limit invalid",
        "kline,symbol=BTCUSDT&interval=2,Invalid period!",
        "kline,category=option&symbol=X&interval=1,Illegal category"
    })
    void invalidParametersAreAnsweredWith10001(String path, String query, String message) {
        JsonNode body = RecordingConnection.parse(
                answer(path, parameters(query.split("[=&]"))).body());

        assertThat(body.path("retCode").asInt()).isEqualTo(10001);
        assertThat(body.path("retMsg").asText()).isEqualTo(message);
        assertThat(body.path("result")).isEmpty();
    }

    @Test
    void unknownPathIsNotFound() {
        assertThat(exchange.get("/v5/market/nope", Map.of(), now).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"linear", "inverse", "spot"})
    void tickersOfACategoryAreReturnedTogether(String category) {
        JsonNode list = get("tickers", "category", category).path("list");

        assertThat(list)
                .hasSize(exchange.markets()
                        .of(ProductCategory.of(category).orElseThrow())
                        .size());
        assertThat(list).allSatisfy(row -> {
            BigDecimal last = new BigDecimal(row.path("lastPrice").asText());
            assertThat(last)
                    .isBetween(
                            new BigDecimal(row.path("lowPrice24h").asText()),
                            new BigDecimal(row.path("highPrice24h").asText()));
        });
    }

    private void run(int seconds) {
        for (long end = now + seconds * 1000L; now < end; now += 10) {
            exchange.advance(now);
        }
        exchange.advance(now);
    }

    private JsonNode get(String path, String... parameters) {
        RestResponse answer = answer(path, parameters(parameters));
        JsonNode body = RecordingConnection.parse(answer.body());
        assertThat(body.path("retCode").asInt()).as(answer.body()).isZero();
        return body.path("result");
    }

    private RestResponse answer(String path, Map<String, String> parameters) {
        return exchange.get("/v5/market/" + path, parameters, now);
    }

    private static Map<String, String> parameters(String... pairs) {
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(pairs[i], pairs[i + 1]);
        }
        return parameters;
    }
}
