package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters, refusals and weights of Binance's REST interface on the local exchange. */
class BinanceRestTest {

    private static final long START = 1_795_000_020_000L;
    private static final String NUMBERS = "legal range is '^[0-9]{1,20}$'.";

    private final Exchange exchange = new Exchange(
            ExchangeConfig.builder()
                    .venues(Set.of(Venue.BYBIT, Venue.BINANCE))
                    .levels(50)
                    .build(),
            START);
    private long now = START;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v3/time?a=1|-1101|Too many parameters; expected '0' and received '1'.",
                "/api/v3/depth?symbol=BTCUSDT&a=1&b=2&c=3|-1101|Too many parameters; expected '3' and received '4'.",
                "/api/v3/depth|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
                "/fapi/v1/depth|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
                "/api/v3/klines?symbol=BTCUSDT|-1102|Mandatory parameter 'interval' was not sent, was empty/null, or"
                        + " malformed.",
                "/api/v3/klines?fromId=1|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or"
                        + " malformed.",
                "/api/v3/klines?fromId=1&symbol=BTCUSDT&interval=1h|-1104|Not all sent parameters were read; read '2'"
                        + " parameter(s) but was sent '3'.",
                "/api/v3/ticker/24hr?limit=1|-1104|Not all sent parameters were read; read '0' parameter(s) but was"
                        + " sent '1'.",
                "/api/v3/depth?symbol=|-1105|Parameter 'symbol' was empty.",
                "/fapi/v1/klines?symbol=BTCUSDT&interval=|-1105|Parameter 'interval' was empty.",
                "/api/v3/aggTrades?symbol=BTCUSDT&limit=|-1105|Parameter 'limit' was empty.",
                "/api/v3/aggTrades?symbol=BTCUSDT&fromId=-1|-1100|Illegal characters found in parameter 'fromId'; "
                        + NUMBERS,
                "/api/v3/depth?symbol=BTCUSDT&limit=ten|-1100|Illegal characters found in parameter 'limit'; "
                        + NUMBERS,
                "/api/v3/depth?symbol=BTCUSDT&limit=99999999999999999999|-1108|Parameter 'limit' overflowed.",
                "/api/v3/depth?symbol=btcusdt|-1100|Illegal characters found in parameter 'symbol'; legal range is"
                        + " '^[\\w\\-._&&[^a-z]]{1,50}$'.",
                "/api/v3/depth?symbol=NOUSDT|-1121|Invalid symbol.",
                "/fapi/v1/depth?symbol=NOUSDT|-1121|Invalid symbol.",
                "/api/v3/klines?symbol=BTCUSDT&interval=1|-1120|Invalid interval.",
                "/api/v3/klines?symbol=NOUSDT&interval=1|-1121|Invalid symbol.",
                "/api/v3/klines?symbol=BTCUSDT&interval=1h&timeZone=8|-1130|Data sent for parameter 'timeZone' is not"
                        + " valid.",
                "/api/v3/trades?symbol=BTCUSDT&limit=0|-1130|Data sent for parameter 'limit' is not valid.",
                "/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=1501|-1130|Data sent for parameter 'limit' is not"
                        + " valid.",
                "/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1001|-1130|Data sent for parameter 'limit' is not valid.",
                "/fapi/v1/depth?symbol=BTCUSDT&limit=1001|-1130|Data sent for parameter 'limit' is not valid.",
                "/fapi/v1/depth?symbol=BTCUSDT&limit=7|-4021|7 is not valid depth limit.",
                "/api/v3/aggTrades?symbol=BTCUSDT&fromId=1&startTime=1|-1128|Combination of optional parameters"
                        + " invalid.",
                "/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=1795000000000&endTime=1794999999999|-1023|Start time is"
                        + " greater than end time.",
                "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=2&endTime=1|-1023|Start time is greater than"
                        + " end time.",
                "/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=1794000000000|-4166|Search window is restricted to"
                        + " recent 2 days only.",
                "/api/v3/ticker/price?symbol=BTCUSDT&symbols=[\"ETHUSDT\"]|-1128|Combination of optional parameters"
                        + " invalid.",
                "/api/v3/ticker/price?symbols=BTCUSDT|-1100|Illegal characters found in parameter 'symbols'; legal"
                        + " range is '^\\[(\"[\\w\\-._&&[^a-z]]{1,50}\"(,\"[\\w\\-._&&[^a-z]]{1,50}\"){0,}){0,1}\\]$'.",
                "/api/v3/ticker/price?symbols=[\"BTCUSDT\",\"NOUSDT\"]|-1121|Invalid symbol.",
                "/api/v3/ticker/price?symbols=[\"BTCUSDT\",\"BTCUSDT\"]|-1151|Symbol is present multiple times in the"
                        + " list.",
                "/api/v3/ticker/24hr?symbol=BTCUSDT&type=TINY|-1139|Invalid ticker type.",
                "/api/v3/exchangeInfo?symbol=BTCUSDT&permissions=SPOT|-1128|Combination of optional parameters"
                        + " invalid.",
                "/api/v3/exchangeInfo?symbolStatus=OPEN|-1122|Invalid symbolStatus.",
                "/api/v3/depth?symbol=BTCUSDT&symbolStatus=HALT|-1220|The symbol's status does not match the"
                        + " requested symbolStatus.",
            })
    void aBadRequestHasTheVenuesCodeAndText(String request, int code, String message) {
        RestResponse answer = get(request);

        assertThat(answer.status()).isEqualTo(400);
        JsonNode body = RecordingConnection.parse(answer.body());
        assertThat(body.path("code").asInt()).isEqualTo(code);
        assertThat(body.path("msg").asText()).isEqualTo(message);
        assertThat(answer.headers()).containsKey("X-MBX-USED-WEIGHT-1M");
    }

    /** What spot refuses and futures do not, and the other way round. */
    @ParameterizedTest
    @CsvSource({
        "/fapi/v1/depth?symbol=BTCUSDT&a=1",
        "/fapi/v1/premiumIndex?symbol=btcusdt",
        "/api/v3/depth?symbol=BTCUSDT&limit=100000",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=5000",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=2&endTime=1",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&timeZone=0",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&timeZone=00:00",
        "/api/v3/aggTrades?symbol=BTCUSDT&startTime=1",
        "/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=1795000000000&endTime=1795007200000"
    })
    void aRequestIsAnswered(String request) {
        assertThat(get(request)).extracting(RestResponse::status).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v3/ticker/24hr|80",
                "/api/v3/ticker/24hr?symbol=BTCUSDT|2",
                "/api/v3/ticker/24hr?symbols=20|2",
                "/api/v3/ticker/24hr?symbols=21|40",
                "/api/v3/ticker/24hr?symbols=101|80",
                "/api/v3/ticker/price|4",
                "/api/v3/ticker/price?symbols=2|4",
                "/api/v3/ticker/bookTicker|4",
                "/api/v3/ticker/bookTicker?symbol=BTCUSDT|2",
                "/api/v3/exchangeInfo|20",
                "/api/v3/depth?symbol=BTCUSDT|5",
                "/api/v3/depth?symbol=BTCUSDT&limit=101|25",
                "/api/v3/depth?symbol=BTCUSDT&limit=1000|50",
                "/api/v3/depth?symbol=BTCUSDT&limit=1001|250",
                "/api/v3/aggTrades?symbol=BTCUSDT|4",
                "/api/v3/trades?symbol=BTCUSDT|25",
                "/api/v3/historicalTrades?symbol=BTCUSDT|25",
                "/api/v3/klines?symbol=BTCUSDT&interval=1m|2",
                "/api/v3/klines|2",
                "/api/v3/uiKlines?symbol=BTCUSDT&interval=1m|2",
                "/api/v3/avgPrice?symbol=BTCUSDT|2",
                "/fapi/v2/ticker/price|2",
                "/fapi/v1/ticker/24hr|40",
                "/fapi/v1/ticker/24hr?symbol=BTCUSDT|1",
                "/fapi/v1/ticker/price|2",
                "/fapi/v1/ticker/price?symbol=BTCUSDT|1",
                "/fapi/v1/ticker/bookTicker|5",
                "/fapi/v1/premiumIndex|10",
                "/fapi/v1/exchangeInfo|1",
                "/fapi/v1/depth?symbol=BTCUSDT&limit=50|2",
                "/fapi/v1/depth?symbol=BTCUSDT&limit=100|5",
                "/fapi/v1/depth?symbol=BTCUSDT|10",
                "/fapi/v1/depth?symbol=BTCUSDT&limit=1000|20",
                "/fapi/v1/aggTrades?symbol=BTCUSDT|20",
                "/fapi/v1/aggTrades?symbol=NOUSDT|20",
                "/fapi/v1/trades?symbol=BTCUSDT|5",
                "/fapi/v1/historicalTrades?symbol=BTCUSDT|20",
                "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=99|1",
                "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=499|2",
                "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1000|5",
                "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500|10",
            })
    void aRequestHasTheVenuesWeight(String request, String weight) {
        String many = request.replaceAll("symbols=\\d+", "symbols=" + names(request.replaceAll(".*=", "")));
        RestResponse answer = get(many);

        assertThat(answer.headers()).containsEntry("X-MBX-USED-WEIGHT-1M", weight);
        assertThat(answer.headers().get("X-MBX-USED-WEIGHT")).isEqualTo(request.startsWith("/api") ? weight : null);
    }

    private static String names(String count) {
        List<String> names = new ArrayList<>();
        if (count.matches("\\d+")) {
            IntStream.range(0, Integer.parseInt(count)).forEach(i -> names.add("\"A" + i + '"'));
        }
        return names.toString().replace(" ", "");
    }

    @Test
    void severalSymbolsAreAnsweredInTheirOrder() {
        for (String path : List.of("24hr", "price", "bookTicker")) {
            assertThat(json("/api/v3/ticker/" + path + "?symbols=[\"ETHUSDT\",\"BTCUSDT\"]")
                            .findValuesAsText("symbol"))
                    .as(path)
                    .containsExactly("ETHUSDT", "BTCUSDT");
        }
        assertThat(json("/api/v3/exchangeInfo?symbols=[\"ETHUSDT\",\"BTCUSDT\"]")
                        .path("symbols")
                        .findValuesAsText("symbol"))
                .containsExactly("ETHUSDT", "BTCUSDT");
        assertThat(json("/api/v3/ticker/price?symbols=[\"ETHUSDT\"]").isArray()).isTrue();
    }

    @Test
    void marketsAreSelectedByTheirStatusAndPermission() {
        exchange.markets().state(new MarketKey(ProductCategory.SPOT, "ETHUSDT"), MarketState.HALTED, 0);

        assertThat(json("/api/v3/ticker/price?symbolStatus=BREAK").findValuesAsText("symbol"))
                .containsExactly("ETHUSDT");
        assertThat(json("/api/v3/exchangeInfo?symbolStatus=TRADING")
                        .path("symbols")
                        .findValuesAsText("symbol"))
                .contains("BTCUSDT")
                .doesNotContain("ETHUSDT");
        assertThat(json("/api/v3/exchangeInfo?permissions=[\"MARGIN\",\"SPOT\"]")
                        .path("symbols"))
                .isNotEmpty();
        assertThat(json("/api/v3/exchangeInfo?permissions=MARGIN").path("symbols"))
                .isEmpty();
        assertThat(json("/api/v3/exchangeInfo?symbol=BTCUSDT&showPermissionSets=false")
                        .at("/symbols/0/permissionSets"))
                .isEmpty();
    }

    @Test
    void theFiguresOfADayHaveItsTimes() {
        for (String path : List.of("/api/v3", "/fapi/v1")) {
            JsonNode day = json(path + "/ticker/24hr?symbol=BTCUSDT");
            assertThat(day.path("closeTime").asLong()).as(path).isEqualTo(now);
            assertThat(day.path("openTime").asLong()).as(path).isEqualTo(now - 86_400_000);
            assertThat(day.has("time")).as(path).isFalse();
        }
        assertThat(json("/api/v3/ticker/24hr?symbol=BTCUSDT&type=MINI").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "symbol",
                        "openPrice",
                        "highPrice",
                        "lowPrice",
                        "lastPrice",
                        "volume",
                        "quoteVolume",
                        "openTime",
                        "closeTime",
                        "firstId",
                        "lastId",
                        "count");
        assertThat(json("/fapi/v1/ticker/price?symbol=BTCUSDT").path("time").asLong())
                .isEqualTo(now);
    }

    @Test
    void theAveragePriceIsThatOfTheLastFiveMinutes() {
        run(90_000);
        JsonNode minutes =
                json("/api/v3/uiKlines?symbol=BTCUSDT&interval=1m&startTime=" + (now - 299_999) + "&endTime=" + now);
        double size = 0;
        double value = 0;
        for (JsonNode minute : minutes) {
            size += minute.get(5).asDouble();
            value += minute.get(7).asDouble();
        }
        JsonNode average = json("/api/v3/avgPrice?symbol=BTCUSDT");

        assertThat(minutes).hasSize(5);
        assertThat(average.path("price").asDouble()).isCloseTo(value / size, within(1e-4));
        assertThat(average.path("mins").asInt()).isEqualTo(5);
        assertThat(average.path("closeTime").asLong()).isBetween(now - 20_000, now);
    }

    @Test
    void futuresHaveTheirLastPriceOnTwoPaths() {
        assertThat(json("/fapi/v2/ticker/price?symbol=BTCUSDT"))
                .isEqualTo(json("/fapi/v1/ticker/price?symbol=BTCUSDT"));
    }

    @Test
    void spotTakesTimesInMicroseconds() {
        JsonNode millis = json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + (START - 600_000) + "&limit=2");
        JsonNode micros =
                json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + (START - 600_000) + "000&limit=2");

        assertThat(micros).hasSize(2).isEqualTo(millis);
    }

    /** An id far beyond the last trade once kept the exchange busy for ever. */
    @Timeout(20)
    @ParameterizedTest
    @CsvSource({
        "/fapi/v1/historicalTrades,9223372036854775807",
        "/fapi/v1/historicalTrades,999999999999999999",
        "/fapi/v1/aggTrades,9223372036854775807",
        "/api/v3/historicalTrades,9223372036854775807",
        "/api/v3/aggTrades,9223372036854775807"
    })
    void noTradeHasAnIdFarAhead(String path, long id) {
        run(5000);

        assertThat(json(path + "?symbol=BTCUSDT&fromId=" + id)).isEmpty();
        JsonNode all = json(path + "?symbol=BTCUSDT&fromId=0&limit=1000");
        String name = path.endsWith("aggTrades") ? "a" : "id";
        long last = all.get(all.size() - 1).path(name).asLong();
        assertThat(json(path + "?symbol=BTCUSDT&fromId=" + last)).hasSize(1);
        assertThat(json(path + "?symbol=BTCUSDT&fromId=" + (last + 1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v3/nothing",
        "/api/v1/depth",
        "/api/v3/premiumIndex",
        "/fapi/v1/nothing",
        "/fapi/v1/avgPrice",
        "/fapi/v2/depth",
        "/nothing"
    })
    void anUnknownPathIsNotFound(String path) {
        RestResponse answer = get(path);

        assertThat(answer.status()).isEqualTo(404);
        if (path.startsWith("/fapi")) {
            assertThat(answer.body())
                    .isEqualTo("{\"code\":-5000,\"msg\":\"Path " + path + ", Method GET is invalid\"}");
        } else {
            assertThat(answer.body()).contains("404 Not found");
            assertThat(answer.headers()).containsEntry("Content-Type", "text/html");
        }
    }

    @Test
    void aClientThatGoesOnIsBannedInTheWordsOfItsMarket() {
        assertThat(refusals("/api/v3/ticker/24hr"))
                .containsExactly(
                        "Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use"
                                + " WebSocket Streams for live updates to avoid polling the API.",
                        "Way too much request weight used; IP banned until " + (now + 120_000)
                                + ". Please use WebSocket Streams for live updates to avoid bans.");
        assertThat(refusals("/fapi/v1/ticker/24hr"))
                .containsExactly(
                        "Too many requests; current limit is 2400 requests per minute. Please use the websocket for"
                                + " live updates to avoid polling the API.",
                        "Way too many requests; IP banned until " + (now + 120_000)
                                + ". Please use the websocket for live updates to avoid bans.");
    }

    private List<String> refusals(String path) {
        return IntStream.range(0, 100)
                .mapToObj(i -> get(path))
                .filter(answer -> answer.status() == 429 || answer.status() == 418)
                .map(answer ->
                        RecordingConnection.parse(answer.body()).path("msg").asText())
                .distinct()
                .toList();
    }

    private void run(int millis) {
        for (long end = now + millis; now < end; ) {
            now += 10;
            exchange.advance(now);
        }
    }

    private JsonNode json(String request) {
        RestResponse answer = get(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return RecordingConnection.parse(answer.body());
    }

    private RestResponse get(String request) {
        String[] parts = request.split("\\?", 2);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : parts.length == 1 ? new String[0] : parts[1].split("&")) {
            String[] named = pair.split("=", 2);
            parameters.put(named[0], named[1]);
        }
        return exchange.get(parts[0], parameters, now);
    }
}
