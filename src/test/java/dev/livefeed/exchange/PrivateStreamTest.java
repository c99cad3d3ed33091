package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.account.ApiKeys;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.StreamSession;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys, the private stream and its account. */
class PrivateStreamTest {

    private static final long START = 1_795_000_000_000L;

    private final Exchange exchange = new Exchange(ExchangeConfig.defaults(), START);
    private final RecordingConnection connection = new RecordingConnection();
    private final StreamSession session = exchange.connectPrivately(null, connection, START);
    private long now = START;

    @ParameterizedTest
    @ValueSource(strings = {"%d", "\"%d\""})
    void validSignatureIsAccepted(String form) {
        long expires = now + 1000;

        String request =
                auth("local-key", String.format(form, expires), ApiKeys.sign("local-secret", "GET/realtime" + expires));

        assertThat(send(request))
                .containsExactly("{\"success\":true,\"ret_msg\":\"\",\"op\":\"auth\",\"conn_id\":\""
                        + session.connectionId() + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "local-key,local-secret,0,Params Error",
        "local-key,local-secret,-5000,Params Error",
        "local-key,wrong,5000,'Error sign, please check your signature generation algorithm.'",
        "someone,local-secret,5000,API key is invalid.",
        "expired-key,local-secret,5000,Your api key has expired.",
        "no-permission-key,x,5000,'Permission denied, please check your API key permissions.'"
    })
    void rejectionStatesTheReason(String key, String secret, long after, String text) {
        long expires = now + after;

        JsonNode answer = RecordingConnection.parse(
                send(auth(key, Long.toString(expires), ApiKeys.sign(secret, "GET/realtime" + expires)))
                        .get(0));

        assertThat(answer.path("success").asBoolean()).isFalse();
        assertThat(answer.path("op").asText()).isEqualTo("auth");
        assertThat(answer.path("ret_msg").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"local-key\",5]", "[1,2,3]", "[\"local-key\",\"soon\",\"x\"]", "{}"})
    void malformedArgumentsAreRejected(String args) {
        assertThat(send("{\"op\":\"auth\",\"args\":" + args + "}"))
                .singleElement()
                .asString()
                .contains("Params Error");
    }

    @Test
    void nothingIsSentBeforeAuthentication() {
        assertThat(send("{\"op\":\"subscribe\",\"args\":[\"order\"]}"))
                .singleElement()
                .asString()
                .contains("\"success\":false");
        run(20);
        assertThat(connection.take()).isEmpty();
    }

    @Test
    void accountTradesInTheMarketAndReportsInOrder() {
        RecordingConnection publicTrades = new RecordingConnection();
        exchange.receive(
                exchange.connect(ProductCategory.LINEAR, publicTrades),
                "{\"op\":\"subscribe\",\"args\":[\"publicTrade.BTCUSDT\"]}",
                now);
        authenticate();
        assertThat(send("{\"req_id\":\"s\",\"op\":\"subscribe\",\"args\":[\"order\",\"execution\","
                        + "\"position\",\"wallet\"]}"))
                .containsExactly(
                        "{\"success\":true,\"ret_msg\":\"\",\"req_id\":\"s\",\"op\":\"subscribe\",\"conn_id\":\""
                                + session.connectionId() + "\"}");

        run(60);

        List<String> publicTradeIds = new ArrayList<>();
        publicTrades.takeJson().forEach(frame -> frame.path("data")
                .forEach(trade -> publicTradeIds.add(trade.path("i").asText())));
        List<JsonNode> frames = connection.takeJson();
        List<String> executionIds = new ArrayList<>();
        BigDecimal fees = BigDecimal.ZERO;
        BigDecimal profit = BigDecimal.ZERO;
        BigDecimal size = BigDecimal.ZERO;
        JsonNode position = null;
        JsonNode wallet = null;
        for (JsonNode frame : frames) {
            JsonNode row = frame.path("data").get(0);
            assertThat(frame.has("type")).isFalse();
            switch (frame.path("topic").asText()) {
                case "execution" -> {
                    executionIds.add(row.path("execId").asText());
                    fees = fees.add(new BigDecimal(row.path("execFee").asText()));
                    profit = profit.add(new BigDecimal(row.path("execPnl").asText()));
                    BigDecimal quantity = new BigDecimal(row.path("execQty").asText());
                    size = row.path("side").asText().equals("Buy") ? size.add(quantity) : size.subtract(quantity);
                }
                case "position" -> position = row;
                case "wallet" -> wallet = row;
                default -> assertThat(row.path("orderStatus").asText()).isIn("New", "Filled", "Cancelled");
            }
        }
        assertThat(executionIds).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(publicTradeIds).containsSubsequence(executionIds);
        assertThat(new BigDecimal(position.path("size").asText())).isEqualByComparingTo(size.abs());
        assertThat(new BigDecimal(wallet.path("totalWalletBalance").asText()))
                .isCloseTo(
                        new BigDecimal("100000").subtract(fees).add(profit),
                        org.assertj.core.data.Offset.offset(new BigDecimal("0.000001")));
        assertThat(frames)
                .extracting(f -> f.path("data").get(0).path("orderStatus").asText())
                .contains("New", "Filled", "Cancelled");
    }

    @Test
    void categoryTopicSendsOnlyItsCategory() {
        authenticate();
        send("{\"op\":\"subscribe\",\"args\":[\"execution.linear\",\"order.spot\",\"execution.fast\"]}");

        run(30);

        assertThat(connection.takeJson())
                .extracting(f -> f.path("topic").asText())
                .containsOnly("execution.linear", "execution.fast");
    }

    @ParameterizedTest
    @CsvSource({
        "'order\",\"order.linear',cannot be mixed",
        "nonsense,handler not found",
        "position.spot,handler not found"
    })
    void invalidTopicFailsTheRequest(String topics, String text) {
        authenticate();

        assertThat(send("{\"op\":\"subscribe\",\"args\":[\"wallet\",\"" + topics + "\"]}"))
                .singleElement()
                .asString()
                .contains(text);
    }

    @Test
    void privatePongHasItsOwnFormat() {
        assertThat(send("{\"req_id\":\"test\",\"op\":\"ping\"}"))
                .containsExactly("{\"req_id\":\"test\",\"op\":\"pong\",\"args\":[\"" + now + "\"],\"conn_id\":\""
                        + session.connectionId() + "\"}");
    }

    @Test
    void idleClientIsClosedAfterMaxActiveTime() {
        RecordingConnection pinging = new RecordingConnection();
        RecordingConnection silent = new RecordingConnection();
        StreamSession alive = exchange.connectPrivately("1m", pinging, now);
        exchange.connectPrivately("1m", silent, now);
        for (int i = 0; i < 5; i++) {
            run(30);
            exchange.receive(alive, "{\"op\":\"ping\"}", now);
        }

        assertThat(silent.closed()).isTrue();
        assertThat(pinging.closed()).isFalse();
        assertThat(connection.closed()).as("ten minutes by default").isFalse();
    }

    @Test
    void accountDoesNotTradeWithoutSubscribers() {
        Exchange other = new Exchange(ExchangeConfig.defaults(), START);
        for (long at = START; at < START + 20_000; at += 10) {
            other.advance(at);
        }
        run(20);

        assertThat(exchange.markets()
                        .market(ProductCategory.LINEAR, "BTCUSDT")
                        .trades()
                        .written())
                .isEqualTo(other.markets()
                        .market(ProductCategory.LINEAR, "BTCUSDT")
                        .trades()
                        .written());
    }

    @ParameterizedTest
    @CsvSource({
        "local-key,local-secret,0,200,0",
        "local-key,wrong,0,200,10004",
        "nobody,x,0,200,10003",
        "expired-key,x,0,200,33004",
        "local-key,local-secret,-6000,200,10002",
        "local-key,local-secret,1500,200,10002"
    })
    void signedRestRequestsAreVerified(String key, String secret, long off, int status, int code) {
        String timestamp = Long.toString(now + off);
        Map<String, String> headers = Map.of(
                "x-bapi-api-key",
                key,
                "x-bapi-timestamp",
                timestamp,
                "x-bapi-recv-window",
                "5000",
                "x-bapi-sign",
                ApiKeys.sign(secret, timestamp + key + "5000" + "accountType=UNIFIED"));

        RestResponse answer = exchange.getSigned("/v5/account/wallet-balance", headers, "accountType=UNIFIED", now);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(RecordingConnection.parse(answer.body()).path("retCode").asInt())
                .isEqualTo(code);
        assertThat(exchange.getSigned("/v5/user/query-api", Map.of(), "", now).status())
                .isEqualTo(401);
    }

    private void authenticate() {
        long expires = now + 5000;
        send(auth("local-key", Long.toString(expires), ApiKeys.sign("local-secret", "GET/realtime" + expires)));
    }

    private static String auth(String key, String expires, String signature) {
        return "{\"op\":\"auth\",\"args\":[\"" + key + "\"," + expires + ",\"" + signature + "\"]}";
    }

    private List<String> send(String text) {
        exchange.receive(session, text, now);
        return connection.take();
    }

    private void run(int seconds) {
        for (long end = now + seconds * 1000L; now < end; now += 10) {
            exchange.advance(now);
        }
    }
}
