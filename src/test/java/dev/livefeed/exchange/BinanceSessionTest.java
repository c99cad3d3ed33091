package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.exchange.binance.stream.StreamPath;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.stream.StreamSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, pings and limits of a connection to Binance on the local exchange. */
class BinanceSessionTest {

    private static final long START = 1_795_000_020_000L;

    private final Exchange exchange = new Exchange(
            ExchangeConfig.builder().venues(Set.of(Venue.BINANCE)).levels(50).build(), START);
    private final Client client = new Client();
    private long now = START;

    private static final class Client extends RecordingConnection {

        private final List<String> pings = new ArrayList<>();
        private String reason;

        @Override
        public void ping(String payload) {
            pings.add(payload);
        }

        @Override
        public void close(int code, String why) {
            reason = code + " " + why;
            close();
        }
    }

    /** Every minute a pong that answers no ping. */
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "hello"})
    void anUnsolicitedPongSavesNoConnection(String payload) {
        StreamSession session = open("/ws");
        for (int second = 0; second < 79; second++) {
            run(1000);
            exchange.ponged(session, payload, now);
        }
        assertThat(client.closed()).isFalse();
        assertThat(client.pings).hasSize(3);
        run(2000);

        assertThat(client.closed()).isTrue();
    }

    @Test
    void aPongAnswersThePingsBeforeItToo() {
        StreamSession session = open("/ws");
        run(61_000);
        assertThat(client.pings).hasSize(3);
        exchange.ponged(session, client.pings.get(1), now);
        run(50_000);
        assertThat(client.closed()).as("the third is a minute old at 120 s").isFalse();
        run(10_000);

        assertThat(client.closed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|1",
                "-9223372036854775808|-9223372036854775808",
                "\"d7a4c6b2-0b2c-4a39-9c0b-6b5d8b1e6f10\"|\"d7a4c6b2-0b2c-4a39-9c0b-6b5d8b1e6f10\"",
                "\"a\"|\"a\"",
                "null|null"
            })
    void anIdIsRepeated(String id, String repeated) {
        assertThat(reply("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + id + "}"))
                .isEqualTo("{\"result\":[],\"id\":" + repeated + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "9223372036854775808",
                "true",
                "[]",
                "{}",
                "\"\"",
                "\"a b\"",
                "\"0123456789012345678901234567890123456\""
            })
    void aBadIdIsRefused(String id) {
        assertThat(reply("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + id + "}"))
                .startsWith("{\"error\":{\"code\":2,\"msg\":\"Invalid request: request ID must be");
        assertThat(client.closed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|3|Invalid JSON: ",
                "|3|Invalid JSON: ",
                "[]|2|Invalid request: ",
                "{}|2|Invalid request: missing field `method`",
                "{\"method\":\"PING\"}|2|Invalid request: unknown variant `PING`, expected one of `SUBSCRIBE`,",
                "{\"method\":\"SUBSCRIBE\",\"params\":\"btcusdt@trade\"}|1|Invalid value type: ",
                "{\"method\":\"SUBSCRIBE\",\"params\":[1]}|1|Invalid value type: ",
            })
    void aBadRequestIsRefused(String request, int code, String message) {
        var error =
                RecordingConnection.parse(reply(request == null ? "" : request)).path("error");

        assertThat(error.path("code").asInt(-1)).isEqualTo(code);
        assertThat(error.path("msg").asText()).startsWith(message);
    }

    @Test
    void oneStreamTooManyClosesTheConnection() {
        StreamSession session = open("/stream");
        for (int first = 0; first < 1024; first += 128) {
            run(1000);
            subscribe(session, first, first + 128);
        }
        assertThat(client.closed()).isFalse();
        client.take();
        run(1000);
        client.take();
        subscribe(session, 1024, 1025);

        assertThat(client.take())
                .containsExactly("{\"error\":{\"code\":4,\"msg\":\"Too many subscriptions\"},\"id\":7}");
        assertThat(client.reason).isEqualTo("1008 Invalid request");
    }

    @Test
    void oneStreamTooManyInTheAddressClosesTheConnection() {
        String names =
                IntStream.range(0, 1025).mapToObj(i -> "a" + i + "@trade").collect(Collectors.joining("/"));
        exchange.connect(StreamPath.parse("/stream", names).orElseThrow(), client, now);

        assertThat(client.reason).isEqualTo("1008 Invalid request");
    }

    @ParameterizedTest
    @CsvSource({"/ws,5", "/market/ws,10"})
    void aClientThatSendsTooOftenIsClosed(String path, int limit) {
        StreamSession session = open(path);
        for (int i = 0; i < limit; i++) {
            exchange.pinged(session, now);
        }
        assertThat(client.closed()).isFalse();
        exchange.receive(session, "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}", now);

        assertThat(client.reason).isEqualTo("1008 Too many requests");
        assertThat(client.take()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/", "/stream/", "/market/ws/", "/public/stream/"})
    void aSlashAtTheEndOfAnAddressNamesNoStream(String path) {
        assertThat(StreamPath.parse(path, null)).get().satisfies(parsed -> assertThat(parsed.streams())
                .isEmpty());
    }

    private void subscribe(StreamSession session, int from, int to) {
        String names =
                IntStream.range(from, to).mapToObj(i -> "\"a" + i + "@trade\"").collect(Collectors.joining(","));
        exchange.receive(session, "{\"method\":\"SUBSCRIBE\",\"params\":[" + names + "],\"id\":7}", now);
    }

    private String reply(String request) {
        exchange.receive(open("/ws"), request, now);
        return client.take().get(0);
    }

    private StreamSession open(String path) {
        return exchange.connect(StreamPath.parse(path, null).orElseThrow(), client, now);
    }

    private void run(int millis) {
        for (long end = now + millis; now < end; ) {
            now += 10;
            exchange.advance(now);
        }
    }
}
