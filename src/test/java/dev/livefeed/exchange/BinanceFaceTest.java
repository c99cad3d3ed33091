package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.binance.stream.StreamPath;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.StreamSession;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of Binance sees of the local exchange. */
class BinanceFaceTest {

    /** At the start of a minute. */
    private static final long START = 1_795_000_020_000L;

    private final Exchange exchange = new Exchange(
            ExchangeConfig.builder()
                    .venues(Set.of(Venue.BYBIT, Venue.BINANCE))
                    .levels(50)
                    .rateLimits(false)
                    .build(),
            START);
    private final RecordingConnection connection = new RecordingConnection();
    private long now = START;

    @Test
    void aStreamOfAllTickersHasTheChangedOnes() {
        open("/market/ws", "!miniTicker@arr/!ticker@arr");
        run(3000);

        List<JsonNode> frames = connection.takeJson();
        assertThat(frames).hasSize(6).allMatch(JsonNode::isArray);
        Set<String> seen = new HashSet<>();
        for (JsonNode frame : frames) {
            assertThat(frame.size())
                    .as("tickers")
                    .isBetween(1, exchange.binance().of(ProductCategory.LINEAR).size());
            frame.forEach(
                    row -> seen.add(row.path("e").asText() + ' ' + row.path("s").asText()));
        }
        assertThat(seen).contains("24hrMiniTicker BTCUSDT", "24hrTicker BTCUSDT");

        exchange.binance().of(ProductCategory.LINEAR).forEach(data -> exchange.markets()
                .state(new MarketKey(ProductCategory.LINEAR, data.symbol()), MarketState.HALTED, 0));
        run(1000);
        connection.take();
        run(5000);
        assertThat(connection.take()).as("nothing is traded").isEmpty();
    }

    @Test
    void markPricesOfAllMarketsComeTogether() {
        open("/market/stream", "!markPrice@arr/!markPrice@arr@1s");
        run(6000);

        List<JsonNode> frames = connection.takeJson();
        int listed = exchange.binance().of(ProductCategory.LINEAR).size();
        assertThat(frames)
                .filteredOn(frame -> frame.path("stream").asText().equals("!markPrice@arr"))
                .hasSize(2);
        assertThat(frames)
                .filteredOn(frame -> frame.path("stream").asText().equals("!markPrice@arr@1s"))
                .hasSize(6);
        assertThat(frames).allMatch(frame -> frame.path("data").size() == listed);
    }

    @Test
    void bestPricesOfAllMarketsComeEveryFiveSecondsOneByOne() {
        open("/public/ws", "!bookTicker");
        run(4900);
        assertThat(connection.take()).isEmpty();
        run(5200);

        List<JsonNode> frames = connection.takeJson();
        assertThat(frames).allMatch(frame -> frame.path("e").asText().equals("bookTicker"));
        int listed = exchange.binance().of(ProductCategory.LINEAR).size();
        assertThat(frames).hasSizeBetween(listed + 1, 2 * listed);
    }

    @Test
    void liquidationsOfAllMarketsAreThoseOfTheirOwnStreams() {
        open("/market/stream", "!forceOrder@arr");
        StreamSession session = open("/market/stream", "");
        List<String> own = exchange.binance().of(ProductCategory.LINEAR).stream()
                .map(data -> data.symbol().toLowerCase(java.util.Locale.ROOT) + "@forceOrder")
                .toList();
        request(session, "SUBSCRIBE", "[\"" + String.join("\",\"", own) + "\"]");
        connection.take();
        List<String> ofAll = new ArrayList<>();
        List<String> single = new ArrayList<>();
        for (int minute = 0; minute < 10 && (ofAll.size() < 2 || minute < 2); minute++) {
            run(60_000);
            for (JsonNode frame : connection.takeJson()) {
                (frame.path("stream").asText().startsWith("!") ? ofAll : single)
                        .add(frame.path("data").toString());
            }
        }

        assertThat(ofAll).hasSizeGreaterThan(1).containsExactlyInAnyOrderElementsOf(single);
    }

    /** Spot has given up {@code !ticker@arr} and {@code !bookTicker}; futures have the streams in one group each. */
    @ParameterizedTest
    @CsvSource({
        "/ws,!ticker@arr",
        "/ws,!bookTicker",
        "/ws,!markPrice@arr",
        "/ws,!forceOrder@arr",
        "/market/ws,!bookTicker",
        "/public/ws,!miniTicker@arr",
        "/usdm/ws,!markPrice@arr",
        "/private/ws,!markPrice@arr",
        "/private/ws,!bookTicker",
        "/market/ws,!markPrice@arr@2s",
        "/public/ws,btcusdt@depth@250ms",
        "/public/ws,btcusdt@depth5@250ms"
    })
    void anAbsentStreamIsConfirmedAndSilent(String path, String stream) {
        StreamSession session = open(path, "");
        request(session, "SUBSCRIBE", "[\"" + stream + "\"]");
        run(6000);

        assertThat(connection.take()).containsExactly("{\"result\":null,\"id\":7}");
    }

    @Test
    void spotHasAStreamOfAllMiniTickers() {
        open("/ws", "!miniTicker@arr");
        run(1000);

        assertThat(connection.takeJson()).singleElement().satisfies(frame -> assertThat(frame.isArray())
                .isTrue());
    }

    @Test
    void anArrayIsDamagedLikeAnyFrame() {
        open("/market/ws", "!miniTicker@arr");
        inject("quoted,topic=!miniTicker@arr");
        run(2000);

        List<JsonNode> frames = connection.takeJson();
        assertThat(frames.get(0).at("/0/E").isTextual()).isTrue();
        assertThat(frames.get(1).at("/0/E").isNumber()).isTrue();
    }

    @Test
    void thePropertyCombinedDecidesTheFormOfFrames() {
        StreamSession session = open("/ws", "btcusdt@trade");
        assertThat(reply(session, "GET_PROPERTY", "[\"combined\"]")).isEqualTo("{\"result\":false,\"id\":7}");
        assertThat(reply(session, "SET_PROPERTY", "[\"combined\",true]")).isEqualTo("{\"result\":null,\"id\":7}");
        assertThat(reply(session, "GET_PROPERTY", "[\"combined\"]")).isEqualTo("{\"result\":true,\"id\":7}");
        connection.take();
        run(3000);
        assertThat(connection.takeJson())
                .isNotEmpty()
                .allMatch(frame -> frame.path("stream").asText().equals("btcusdt@trade"));

        reply(session, "SET_PROPERTY", "[\"combined\",false]");
        connection.take();
        run(3000);
        assertThat(connection.takeJson())
                .isNotEmpty()
                .allMatch(frame -> frame.path("e").asText().equals("trade"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET_PROPERTY|[\"combined\",\"yes\"]|1|Invalid value type: expected Boolean",
                "SET_PROPERTY|[\"combined\"]|1|Invalid value type: expected Boolean",
                "SET_PROPERTY|[\"compressed\",true]|0|Unknown property",
                "GET_PROPERTY|[\"compressed\"]|0|Unknown property",
                "GET_PROPERTY|[]|2|Invalid request: property name must be a string",
                "GET_PROPERTY|[1]|2|Invalid request: property name must be a string",
                "GET_PROPERTY|[\"combined\",true]|2|Invalid request: too many parameters",
                "SET_PROPERTY|[\"combined\",true,1]|2|Invalid request: too many parameters",
            })
    void badPropertyIsRefused(String method, String params, int code, String message) {
        JsonNode reply = RecordingConnection.parse(reply(open("/ws", ""), method, params));

        assertThat(reply.at("/error/code").asInt(-1)).isEqualTo(code);
        assertThat(reply.at("/error/msg").asText()).isEqualTo(message);
        assertThat(reply.path("id").asInt()).isEqualTo(7);
    }

    @Test
    void secondsAreSentOnceAsClosedAndHaveTheTradesOfTheirSecond() {
        open("/ws", "btcusdt@kline_1s/btcusdt@trade");
        run(20_000);

        List<JsonNode> candles = new ArrayList<>();
        List<JsonNode> trades = new ArrayList<>();
        connection.takeJson().forEach(frame -> (frame.has("k") ? candles : trades).add(frame));
        assertThat(candles).hasSizeBetween(19, 20);
        for (int i = 0; i < candles.size(); i++) {
            JsonNode k = candles.get(i).path("k");
            assertThat(k.path("x").asBoolean()).isTrue();
            assertThat(k.path("T").asLong()).isEqualTo(k.path("t").asLong() + 999);
            if (i > 0) {
                assertThat(k.path("t").asLong())
                        .isEqualTo(candles.get(i - 1).at("/k/t").asLong() + 1000);
            }
            BigDecimal traded = trades.stream()
                    .filter(trade ->
                            trade.path("T").asLong() / 1000 == k.path("t").asLong() / 1000)
                    .map(trade -> new BigDecimal(trade.path("q").asText()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(new BigDecimal(k.path("v").asText())).as("second " + i).isEqualByComparingTo(traded);
        }
    }

    /** Also those from before the start, which are divided up. */
    @Test
    void secondsMakeTheirMinute() {
        run(70_000);
        for (long minute : List.of(START, START - 3_600_000)) {
            JsonNode seconds = klines("/api/v3", "1s", "&startTime=" + minute + "&endTime=" + (minute + 59_999));
            JsonNode whole =
                    klines("/api/v3", "1m", "&startTime=" + minute + "&limit=1").get(0);
            assertThat(seconds).hasSize(60);
            BigDecimal volume = BigDecimal.ZERO;
            BigDecimal high = BigDecimal.ZERO;
            BigDecimal low = new BigDecimal("1e18");
            for (int i = 0; i < 60; i++) {
                JsonNode row = seconds.get(i);
                assertThat(row.get(0).asLong()).isEqualTo(minute + 1000L * i);
                if (i > 0) {
                    assertThat(row.get(1).asText()).as("open %d", i).isNotEmpty();
                }
                volume = volume.add(number(row, 5));
                high = high.max(number(row, 2));
                low = low.min(number(row, 3));
            }
            assertThat(volume).isEqualByComparingTo(number(whole, 5));
            assertThat(high).isEqualByComparingTo(number(whole, 2));
            assertThat(low).isEqualByComparingTo(number(whole, 3));
            assertThat(number(seconds.get(0), 1)).isEqualByComparingTo(number(whole, 1));
            assertThat(number(seconds.get(59), 4)).isEqualByComparingTo(number(whole, 4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8h", "3d", "1w", "1M"})
    void longIntervalsAreMadeOfHours(String interval) {
        run(1000);
        for (String path : List.of("/api/v3", "/fapi/v1")) {
            JsonNode row = klines(path, interval, "&limit=2").get(0);
            JsonNode hours = klines(
                    path,
                    "1h",
                    "&limit=1000&startTime=" + row.get(0).asLong() + "&endTime="
                            + row.get(6).asLong());
            BigDecimal volume = BigDecimal.ZERO;
            for (JsonNode hour : hours) {
                volume = volume.add(number(hour, 5));
            }
            assertThat(number(row, 5)).as(path).isEqualByComparingTo(volume);
            assertThat(row.get(6).asLong() + 1 - row.get(0).asLong())
                    .isEqualTo(hours.size() * Duration.ofHours(1).toMillis());
        }
    }

    @Test
    void futuresAndBybitHaveNoSeconds() {
        assertThat(get("/fapi/v1/klines", Map.of("symbol", "BTCUSDT", "interval", "1s")))
                .extracting(RestResponse::status, RestResponse::body)
                .containsExactly(400, "{\"code\":-1120,\"msg\":\"Invalid interval.\"}");
        for (String word : List.of("1s", "480", "3D", "")) {
            assertThat(get("/v5/market/kline", Map.of("category", "spot", "symbol", "BTCUSDT", "interval", word))
                            .body())
                    .as(word)
                    .contains("Invalid period!");
        }
    }

    @Test
    void restFaultsAreThoseOfTheirCategory() {
        inject("rest,status=429,category=linear,count=100");
        inject("slow-rest,by=2s,category=linear,count=100");

        assertThat(get("/api/v3/time", Map.of()).status()).isEqualTo(200);
        assertThat(get("/api/v3/time", Map.of()).delay()).isZero();
        RestResponse refused = get("/fapi/v1/time", Map.of());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).startsWith("{\"code\":-1003,");
        assertThat(refused.headers()).containsKey("Retry-After");
        assertThat(refused.delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(get("/v5/market/tickers", Map.of("category", "spot")).status())
                .isEqualTo(200);
        assertThat(get("/v5/market/tickers", Map.of("category", "linear")).status())
                .isEqualTo(429);
        assertThat(exchange.getSigned("/v5/position/list", Map.of(), "settleCoin=USDT&category=linear", now)
                        .status())
                .isEqualTo(429);
        assertThat(exchange.getSigned("/v5/position/list", Map.of(), "category=inverse", now)
                        .status())
                .isNotEqualTo(429);
    }

    @Test
    void aRefusedHandshakeHasTheBodyOfItsVenue() {
        inject("handshake,status=429,by=7s,count=2");

        assertThat(exchange.refusal(ProductCategory.SPOT, "/ws/btcusdt@trade"))
                .get()
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(429);
                    assertThat(refused.body()).isEqualTo("{\"code\":-1003,\"msg\":\"Too many requests.\"}");
                    assertThat(refused.headers()).containsEntry("Retry-After", "7");
                });
        assertThat(exchange.refusal(ProductCategory.SPOT, "/v5/public/spot"))
                .get()
                .extracting(RestResponse::body)
                .asString()
                .startsWith("{\"retCode\":429,");
    }

    private StreamSession open(String path, String streams) {
        String raw = path.endsWith("/ws") && !streams.isEmpty() ? path + '/' + streams : path;
        StreamPath parsed =
                StreamPath.parse(raw, path.endsWith("/stream") ? streams : null).orElseThrow();
        return exchange.connect(parsed, connection, now);
    }

    private void request(StreamSession session, String method, String params) {
        exchange.receive(session, "{\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":7}", now);
    }

    private String reply(StreamSession session, String method, String params) {
        connection.take();
        request(session, method, params);
        return connection.take().get(0);
    }

    private void inject(String line) {
        exchange.faults().schedule(FaultReader.line(line));
    }

    private void run(int millis) {
        for (long end = now + millis; now < end; ) {
            now += 10;
            exchange.advance(now);
        }
    }

    private RestResponse get(String path, Map<String, String> parameters) {
        return exchange.get(path, parameters, now);
    }

    private JsonNode klines(String path, String interval, String query) {
        Map<String, String> parameters = new java.util.HashMap<>(Map.of("symbol", "BTCUSDT", "interval", interval));
        for (String pair : query.substring(1).split("&")) {
            parameters.put(pair.split("=")[0], pair.split("=")[1]);
        }
        RestResponse answer = get(path + "/klines", parameters);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return RecordingConnection.parse(answer.body());
    }

    private static BigDecimal number(JsonNode row, int column) {
        return new BigDecimal(row.get(column).asText());
    }
}
