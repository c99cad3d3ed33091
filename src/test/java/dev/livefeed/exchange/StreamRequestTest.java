package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.StreamSession;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the public streams and their exact answers. */
class StreamRequestTest {

    private static final long NOW = 1_795_000_000_000L;

    private final Exchange exchange = new Exchange(ExchangeConfig.defaults(), NOW);
    private final RecordingConnection connection = new RecordingConnection();

    @Test
    void linearAcknowledges() {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);

        assertThat(send(session, subscribe("7", "publicTrade.BTCUSDT")))
                .containsExactly("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"" + session.connectionId()
                        + "\",\"req_id\":\"7\",\"op\":\"subscribe\"}");
        assertThat(send(session, "{\"op\":\"subscribe\",\"args\":[\"publicTrade.ETHUSDT\"]}"))
                .containsExactly("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"" + session.connectionId()
                        + "\",\"req_id\":\"\",\"op\":\"subscribe\"}");
    }

    @Test
    void spotAcknowledgesWithTheOperationAndOmitsAMissingId() {
        StreamSession session = exchange.connect(ProductCategory.SPOT, connection);

        assertThat(send(session, "{\"op\":\"subscribe\",\"args\":[\"publicTrade.BTCUSDT\"]}"))
                .containsExactly("{\"success\":true,\"ret_msg\":\"subscribe\",\"conn_id\":\"" + session.connectionId()
                        + "\",\"op\":\"subscribe\"}");
        assertThat(send(session, subscribe("a", "publicTrade.ETHUSDT")))
                .containsExactly("{\"success\":true,\"ret_msg\":\"subscribe\",\"conn_id\":\"" + session.connectionId()
                        + "\",\"req_id\":\"a\",\"op\":\"subscribe\"}");
    }

    @Test
    void optionsAnswerTopicByTopic() {
        StreamSession session = exchange.connect(ProductCategory.OPTION, connection);

        assertThat(send(session, subscribe("7", "publicTrade.BTC", "publicTrade.NOPE")))
                .containsExactly("{\"success\":false,\"conn_id\":\"" + session.connectionId()
                        + "\",\"data\":{\"failTopics\":[\"publicTrade.NOPE\"],\"successTopics\":[\"publicTrade.BTC\"]},"
                        + "\"type\":\"COMMAND_RESP\"}");
    }

    @Test
    void pongsDifferByCategory() {
        StreamSession spot = exchange.connect(ProductCategory.SPOT, connection);
        StreamSession linear = exchange.connect(ProductCategory.LINEAR, connection);
        StreamSession option = exchange.connect(ProductCategory.OPTION, connection);

        assertThat(send(spot, "{\"op\":\"ping\"}"))
                .containsExactly("{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"" + spot.connectionId()
                        + "\",\"op\":\"ping\"}");
        assertThat(send(spot, "{\"req_id\":\"p1\",\"op\":\"ping\"}"))
                .containsExactly("{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"" + spot.connectionId()
                        + "\",\"req_id\":\"p1\",\"op\":\"ping\"}");
        assertThat(send(linear, "{\"op\":\"ping\"}"))
                .containsExactly("{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"" + linear.connectionId()
                        + "\",\"req_id\":\"\",\"op\":\"ping\"}");
        assertThat(send(option, "{\"op\":\"ping\"}")).containsExactly("{\"args\":[\"" + NOW + "\"],\"op\":\"pong\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orderbook.500.BTCUSDT",
                "orderbook.50.NOSUCH",
                "orderbook.50.btcusdt",
                "orderbook.50.BTCUSD",
                "orderbook.25.BTCUSDT",
                "orderbook.BTCUSDT",
                "publicTrade.",
                "publictrade.BTCUSDT",
                "kline.2.BTCUSDT",
                "nonsense"
            })
    void oneUnknownTopicFailsTheWholeLinearRequest(String topic) {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);

        assertThat(send(session, subscribe("1", "orderbook.50.BTCUSDT", topic)))
                .containsExactly("{\"success\":false,\"ret_msg\":\"error:handler not found,topic:" + topic
                        + "\",\"conn_id\":\"" + session.connectionId() + "\",\"req_id\":\"1\",\"op\":\"subscribe\"}");
        exchange.advance(NOW + 1000);
        assertThat(connection.take()).as("the good topic has not started").isEmpty();
    }

    @Test
    void spotNamesTheUnknownSymbolAndOmitsTheRequestId() {
        StreamSession session = exchange.connect(ProductCategory.SPOT, connection);

        assertThat(send(session, subscribe("1", "orderbook.50.NOSUCHSYM")))
                .containsExactly(
                        "{\"success\":false,\"ret_msg\":\"Invalid symbol :[orderbook.50.NOSUCHSYM]\",\"conn_id\":\""
                                + session.connectionId() + "\",\"op\":\"subscribe\"}");
    }

    @Test
    void spotAcceptsTenArguments() {
        StreamSession session = exchange.connect(ProductCategory.SPOT, connection);
        String[] ten = exchange.markets().of(ProductCategory.SPOT).stream()
                .map(market -> market.instrument().symbol())
                .flatMap(symbol -> List.of("publicTrade." + symbol, "kline.1." + symbol).stream())
                .limit(11)
                .toArray(String[]::new);

        assertThat(send(session, subscribe("1", ten)))
                .containsExactly("{\"success\":false,\"ret_msg\":\"args size \\u003e10\",\"conn_id\":\""
                        + session.connectionId() + "\",\"req_id\":\"1\",\"op\":\"subscribe\"}");
        List<String> accepted =
                send(session, subscribe("2", List.of(ten).subList(0, 10).toArray(String[]::new)));
        assertThat(accepted.get(0)).contains("\"success\":true");
    }

    @Test
    void secondSubscriptionIsRejectedAndTheFirstContinues() {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        send(session, subscribe("1", "orderbook.50.BTCUSDT"));

        assertThat(send(session, subscribe("2", "orderbook.50.BTCUSDT")))
                .containsExactly("{\"success\":false,\"ret_msg\":\"error:already subscribed,"
                        + "topic:orderbook.50.BTCUSDT\",\"conn_id\":\""
                        + session.connectionId() + "\",\"req_id\":\"2\",\"op\":\"subscribe\"}");
        exchange.advance(NOW + 1000);
        assertThat(connection.take()).isNotEmpty();
    }

    @Test
    void unsubscribeStopsATopicAndResubscribeSendsASnapshot() {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        send(session, subscribe("1", "orderbook.50.BTCUSDT"));

        assertThat(send(session, "{\"req_id\":\"3\",\"op\":\"unsubscribe\",\"args\":[\"orderbook.50.BTCUSDT\"]}"))
                .containsExactly("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"" + session.connectionId()
                        + "\",\"req_id\":\"3\",\"op\":\"unsubscribe\"}");
        exchange.advance(NOW + 1000);
        assertThat(connection.take()).isEmpty();

        List<String> again = send(session, subscribe("4", "orderbook.50.BTCUSDT"));
        assertThat(RecordingConnection.parse(again.get(1)).path("type").asText())
                .isEqualTo("snapshot");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"{\"op\":\"dance\"}|dance", "{\"args\":[]}|''"},
            delimiter = '|')
    void unknownOperationIsRejected(String request, String op) {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);

        assertThat(send(session, request))
                .containsExactly("{\"success\":false,\"ret_msg\":\"error:invalid op\",\"conn_id\":\""
                        + session.connectionId() + "\",\"req_id\":\"\",\"op\":\"" + op + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{\"op\":", "", "[]", "12", "{\"op\":\"ping\"} trailing {"})
    void invalidJsonIsAnsweredWithPlainTextAndTheSocketStaysOpen(String text) {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);

        assertThat(send(session, text)).singleElement().asString().startsWith("Failed to decode incoming data:");
        assertThat(connection.closed()).isFalse();
    }

    @Test
    void totalTopicLengthOfAConnectionIsLimited() {
        Exchange large = new Exchange(
                ExchangeConfig.builder()
                        .symbols(java.util.stream.IntStream.range(0, 1100)
                                .mapToObj(i -> "linear:SYM" + (1000 + i) + "USDT")
                                .toList())
                        .levels(50)
                        .build(),
                NOW);
        StreamSession session = large.connect(ProductCategory.LINEAR, connection);
        String[] topics = large.markets().of(ProductCategory.LINEAR).stream()
                .map(market -> "orderbook.50." + market.instrument().symbol())
                .toArray(String[]::new);

        large.receive(session, subscribe("1", topics), NOW);
        assertThat(connection.takeJson()).singleElement().satisfies(reply -> {
            assertThat(reply.path("success").asBoolean()).isFalse();
            assertThat(reply.path("ret_msg").asText()).contains("21000");
        });
        large.receive(session, subscribe("2", java.util.Arrays.copyOf(topics, 800)), NOW);
        assertThat(connection.takeJson().get(0).path("success").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR,orderbook.50.BTCUSDT,'topic,type,ts,data,cts'",
        "LINEAR,orderbook.1.BTCUSDT,'topic,ts,type,data,cts'",
        "SPOT,orderbook.50.BTCUSDT,'topic,ts,type,data,cts'",
        "SPOT,tickers.BTCUSDT,'topic,ts,type,cs,data'",
        "LINEAR,tickers.BTCUSDT,'topic,type,data,cs,ts'"
    })
    void fieldsAreInTheVenuesOrder(ProductCategory category, String topic, String fields) {
        StreamSession session = exchange.connect(category, connection);

        JsonNode frame =
                RecordingConnection.parse(send(session, subscribe("1", topic)).get(1));

        java.util.List<String> names = new java.util.ArrayList<>();
        frame.fieldNames().forEachRemaining(names::add);
        assertThat(String.join(",", names)).isEqualTo(fields);
    }

    @Test
    void secondSubscriberStartsFromTheStateOfTheFirst() {
        StreamSession first = exchange.connect(ProductCategory.LINEAR, connection);
        send(first, subscribe("1", "orderbook.1000.BTCUSDT"));
        exchange.advance(NOW + 1950);
        long published = connection.takeJson().stream()
                .mapToLong(f -> f.path("data").path("u").asLong())
                .max()
                .orElseThrow();

        RecordingConnection other = new RecordingConnection();
        exchange.receive(
                exchange.connect(ProductCategory.LINEAR, other), subscribe("1", "orderbook.1000.BTCUSDT"), NOW + 1955);
        JsonNode snapshot = other.takeJson().get(1);
        exchange.advance(NOW + 2200);

        assertThat(snapshot.path("data").path("u").asLong()).isEqualTo(published);
        assertThat(other.takeJson().get(0).path("data").path("u").asLong()).isEqualTo(published + 1);
        assertThat(Collections.disjoint(connection.take(), other.take())).isTrue();
    }

    private List<String> send(StreamSession session, String text) {
        exchange.receive(session, text, NOW);
        return connection.take();
    }

    private static String subscribe(String id, String... topics) {
        return "{\"req_id\":\"" + id + "\",\"op\":\"subscribe\",\"args\":[\"" + String.join("\",\"", topics) + "\"]}";
    }
}
