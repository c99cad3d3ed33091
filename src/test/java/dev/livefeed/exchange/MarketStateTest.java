package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.market.OptionSeries;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.StreamSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Markets before their launch, in an auction, halted, delivered, closed and newly listed. */
class MarketStateTest {

    private static final long NOW = 1_795_000_000_000L;

    private final Exchange exchange = new Exchange(ExchangeConfig.defaults(), NOW);
    private final RecordingConnection connection = new RecordingConnection();
    private long now = NOW;

    @ParameterizedTest
    @CsvSource({"prelaunch,PreLaunch,NotStarted", "auction,PreLaunch,CallAuction", "delivering,Delivering,"})
    void aMarketThatDoesNotTradeConfirmsItsTopicsAndSendsNothing(String state, String status, String phase) {
        set("linear", "BTCUSDT", state, null);
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        List<String> first = send(session, "orderbook.50.BTCUSDT", "publicTrade.BTCUSDT", "tickers.BTCUSDT");
        assertThat(first).singleElement().asString().contains("\"success\":true");
        exchange.faults().schedule(FaultReader.line("burst,rate=100,for=1s"));
        exchange.faults().schedule(FaultReader.line("snapshot"));
        assertThat(pass(5_000)).isEmpty();

        assertThat(listed("linear", "&status=Trading")).doesNotContain("BTCUSDT");
        JsonNode row = rows("linear", status).stream()
                .filter(one -> one.path("symbol").asText().equals("BTCUSDT"))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("status").asText()).isEqualTo(status);
        assertThat(row.path("preListingInfo").path("curAuctionPhase").asText()).isEqualTo(phase == null ? "" : phase);
    }

    @Test
    void atTheLaunchItsSubscribersGetASnapshotAndTrades() {
        set("linear", "NEWUSDT", "trading", "30s");
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        send(session, "orderbook.50.NEWUSDT", "publicTrade.NEWUSDT");
        assertThat(rows("linear", "PreLaunch"))
                .extracting(row -> row.path("launchTime").asLong())
                .containsExactly(NOW + 30_000);
        assertThat(pass(29_000)).isEmpty();

        List<String> frames = pass(20_000);
        assertThat(frames.get(0)).contains("orderbook.50.NEWUSDT", "\"snapshot\"", "\"u\":1,");
        assertThat(frames).anyMatch(frame -> frame.contains("publicTrade.NEWUSDT"));
        assertThat(listed("linear", "&status=Trading")).contains("NEWUSDT");
    }

    @Test
    void aHaltedMarketHasABookThatDoesNotChange() {
        set("linear", "BTCUSDT", "halted", null);
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        assertThat(send(session, "orderbook.50.BTCUSDT")).hasSize(2);
        assertThat(pass(5_000)).isEmpty();
        assertThat(rows("linear", "Trading"))
                .filteredOn(row -> row.path("symbol").asText().equals("BTCUSDT"))
                .extracting(row -> row.path("status").asText())
                .containsExactly("Halted");

        set("linear", "BTCUSDT", "trading", null);
        assertThat(pass(5_000)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"linear", "spot", "inverse"})
    void aClosedMarketIsNotListedAndItsTopicsAreRefused(String category) {
        String symbol = category.equals("inverse") ? "BTCUSD" : "BTCUSDT";
        StreamSession before = exchange.connect(ProductCategory.of(category).orElseThrow(), connection);
        send(before, "orderbook.50." + symbol);
        assertThat(pass(2_000)).isNotEmpty();
        set(category, symbol, "closed", null);
        assertThat(pass(2_000)).as("those that are subscribed get nothing more").isEmpty();

        assertThat(listed(category, "")).doesNotContain(symbol);
        StreamSession session = exchange.connect(ProductCategory.of(category).orElseThrow(), connection);
        assertThat(send(session, "orderbook.50." + symbol))
                .singleElement()
                .asString()
                .contains("\"success\":false");
        if (!category.equals("spot")) {
            assertThat(rows(category, "Closed"))
                    .extracting(row -> row.path("symbol").asText())
                    .containsExactly(symbol);
        }
    }

    @Test
    void optionsAreDeliveredOnScheduleWithASettlementPriceAndTheNextAreListed() {
        List<String> before = listed("option", "&baseCoin=BTC");
        StreamSession session = exchange.connect(ProductCategory.OPTION, connection);
        send(session, "publicTrade.BTC");
        long delivery = OptionSeries.terms(before.get(0)).orElseThrow().deliveryTime();
        now = delivery - 5_000;
        exchange.advance(now);
        pass(6_000);
        assertThat(rows("option", "Delivering")).hasSize(before.size());
        assertThat(listed("option", "&baseCoin=BTC&status=Trading"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(before);

        List<String> frames = pass(60_000);
        assertThat(listed("option", "&baseCoin=BTC")).doesNotContainAnyElementsOf(before);
        assertThat(frames).as("trades of the new contracts").isNotEmpty();
        JsonNode prices = get("/v5/market/delivery-price", "category=option").at("/result/list");
        assertThat(prices).allSatisfy(price -> {
            assertThat(price.path("deliveryPrice").decimalValue().signum()).isGreaterThanOrEqualTo(0);
            assertThat(price.path("deliveryTime").asLong()).isBetween(delivery, delivery + 1_000);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "category=moon&symbol=A&state=closed | category is \"moon\"",
                "symbol=A&state=open | state is \"open\"",
                "symbol=a b&state=closed | symbol is \"a b\"",
                "category=option&symbol=BTC&state=closed | is not an option contract",
                "symbol=BTCUSDT&state=closed&in=soon | in"
            })
    void aWrongRequestSaysWhatIsWrong(String query, String reason) {
        RestResponse answer = exchange.control("POST", "/control/market", parameters(query), "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(RecordingConnection.parse(answer.body()).path("error").asText())
                .contains(reason);
    }

    private void set(String category, String symbol, String state, String in) {
        String query =
                "category=" + category + "&symbol=" + symbol + "&state=" + state + (in == null ? "" : "&in=" + in);
        RestResponse answer = exchange.control("POST", "/control/market", parameters(query), "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private List<String> listed(String category, String more) {
        List<String> symbols = new ArrayList<>();
        get("/v5/market/instruments-info", "category=" + category + more)
                .at("/result/list")
                .forEach(row -> symbols.add(row.path("symbol").asText()));
        return symbols;
    }

    private List<JsonNode> rows(String category, String status) {
        List<JsonNode> rows = new ArrayList<>();
        get("/v5/market/instruments-info", "category=" + category + "&status=" + status)
                .at("/result/list")
                .forEach(rows::add);
        return rows;
    }

    private JsonNode get(String path, String query) {
        return RecordingConnection.parse(
                exchange.get(path, parameters(query), now).body());
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : query.split("&")) {
            if (!one.isEmpty()) {
                parameters.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
            }
        }
        return parameters;
    }

    private List<String> send(StreamSession session, String... topics) {
        exchange.receive(
                session,
                "{\"req_id\":\"1\",\"op\":\"subscribe\",\"args\":[\"" + String.join("\",\"", topics) + "\"]}",
                now);
        return connection.take();
    }

    private List<String> pass(long millis) {
        List<String> frames = new ArrayList<>();
        for (long end = now + millis; now < end; ) {
            now += 100;
            exchange.advance(now);
            frames.addAll(connection.take());
        }
        return frames;
    }
}
