package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.StreamSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as seen by a client. */
class FaultTest {

    private static final long START = 1_795_000_000_000L;
    private static final String BOOK = "orderbook.50.BTCUSDT";

    private final Exchange exchange =
            new Exchange(ExchangeConfig.builder().truth(true).build(), START);
    private final RecordingConnection connection = new RecordingConnection();
    private long now = START;

    @Test
    void lostDeltaLeavesOneGap() {
        assertThat(steps(updateIds(framesAround("lost", 2000))))
                .containsOnlyOnce(2L)
                .containsOnly(1L, 2L);
    }

    @Test
    void lostDeltaRepeatsEveryRound() {
        assertThat(steps(updateIds(framesAround("lost,every=1s,topic=orderbook.50.*", 4500))))
                .filteredOn(step -> step == 2)
                .hasSize(5);
    }

    @Test
    void otherTopicsAreNotAffected() {
        subscribe(BOOK);
        inject("lost,topic=orderbook.200.*");
        inject("broken,category=spot");

        assertThat(steps(updateIds(framesOf(2000)))).containsOnly(1L);
    }

    @Test
    void duplicatedDeltaArrivesTwice() {
        assertThat(steps(updateIds(framesAround("duplicate,count=2", 2000))))
                .filteredOn(step -> step == 0)
                .hasSize(2);
    }

    @Test
    void reorderedDeltaArrivesAfterTheNext() {
        assertThat(steps(updateIds(framesAround("reorder", 2000))))
                .containsOnlyOnce(-1L)
                .filteredOn(step -> step == 2)
                .hasSize(2);
    }

    @Test
    void damagedDataStaysJsonAndTheFramesContinue() throws Exception {
        subscribe(BOOK);
        for (String kind : List.of("quoted", "wide", "bad-row", "bad-level", "wrong-id")) {
            connection.take();
            inject(kind + ",count=5");
            run(1000);
            List<JsonNode> frames = new ArrayList<>();
            for (String text : connection.take()) {
                frames.add(new com.fasterxml.jackson.databind.ObjectMapper().readTree(text));
            }

            assertThat(frames).as(kind).hasSizeGreaterThan(5);
            assertThat(frames.subList(0, 5)).as(kind).allSatisfy(frame -> {
                JsonNode data = frame.get("data");
                switch (kind) {
                    case "quoted" -> assertThat(data.get("u").isTextual()).isTrue();
                    case "bad-row" -> assertThat(data.get("b").get(0)).hasSize(1);
                    case "bad-level" ->
                        assertThat(data.findValues("b").toString() + data.findValues("a"))
                                .contains("\"none\"");
                    case "wrong-id" -> assertThat(data.get("u").longValue()).isGreaterThan(1_000_000_000_000L);
                    default -> assertThat(data.get("u").isNumber()).isTrue();
                }
            });
            assertThat(frames.get(5).get("data").get("u").isNumber()).isTrue();
        }
    }

    @Test
    void aDeepSnapshotHasMoreLevelsThanItsTopic() {
        inject("deep");

        assertThat(subscribe(BOOK).path("data").path("a")).hasSize(53);
    }

    @Test
    void aCorrectedCandleFollowsTheFirst() {
        subscribe("kline.1.BTCUSDT");
        run(1500);
        connection.take();
        inject("corrected,topic=kline.*");
        run(1500);

        List<String> candles = connection.take();
        assertThat(candles).hasSizeGreaterThanOrEqualTo(2);
        assertThat(candles.get(1)).isNotEqualTo(candles.get(0));
        assertThat(candles.get(1).replaceAll("\"volume\":\"[^\"]*\"", ""))
                .isEqualTo(candles.get(0).replaceAll("\"volume\":\"[^\"]*\"", ""));
    }

    @Test
    void brokenFrameIsInvalidJson() {
        subscribe(BOOK);
        inject("broken");
        run(2000);

        assertThat(connection.take())
                .filteredOn(text -> !text.endsWith("}"))
                .singleElement()
                .asString()
                .startsWith("{\"topic\":\"" + BOOK);
    }

    @Test
    void restartResetsUpdateIdsToOne() {
        subscribe(BOOK);
        run(500);
        inject("restart");

        List<JsonNode> frames = framesOf(1000);

        JsonNode first = frames.stream()
                .filter(f -> f.path("data").path("u").asLong() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(first.path("type").asText()).isEqualTo("snapshot");
        BookReplica book = new BookReplica(50);
        frames.subList(frames.indexOf(first), frames.size()).forEach(book::apply);
    }

    @Test
    void midStreamSnapshotHasTheNextUpdateId() {
        List<JsonNode> frames = new ArrayList<>(List.of(subscribe(BOOK)));
        frames.addAll(framesOf(500));
        inject("snapshot");
        frames.addAll(framesOf(500));

        assertThat(frames)
                .filteredOn(f -> f.path("type").asText().equals("snapshot"))
                .hasSize(2);
        assertThat(steps(updateIds(frames))).containsOnly(1L);
        BookReplica book = new BookReplica(50);
        frames.forEach(book::apply);
    }

    @Test
    void slowSnapshotDelaysTheDeltas() {
        inject("slow-snapshot,by=2s");
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        send(session, BOOK);
        assertThat(framesOf(1900)).isEmpty();

        List<JsonNode> frames = framesOf(1000);

        assertThat(frames.get(0).path("type").asText()).isEqualTo("snapshot");
        assertThat(frames.get(0).path("ts").asLong()).isEqualTo(START);
        BookReplica book = new BookReplica(50);
        frames.forEach(book::apply);
    }

    @Test
    void earlyDeltaArrivesBeforeTheSnapshot() {
        inject("early-delta,by=1s");
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        send(session, BOOK);

        List<JsonNode> frames = framesOf(2000);

        assertThat(frames.get(0).path("type").asText()).isEqualTo("delta");
        int snapshot =
                frames.stream().map(f -> f.path("type").asText()).toList().indexOf("snapshot");
        BookReplica book = new BookReplica(50);
        frames.subList(snapshot, frames.size()).forEach(book::apply);
    }

    @Test
    void lateAcknowledgementArrivesAfterTheFirstData() {
        inject("late-ack,by=500ms");
        send(exchange.connect(ProductCategory.LINEAR, connection), BOOK);
        run(1000);

        List<JsonNode> frames = connection.takeJson();

        assertThat(frames.get(0).path("type").asText()).isEqualTo("snapshot");
        assertThat(frames)
                .filteredOn(frame -> frame.path("op").asText().equals("subscribe"))
                .hasSize(1);
    }

    @Test
    void stallStopsDataButNotPongs() {
        StreamSession session = open();
        inject("stall,for=3s");
        run(100);
        connection.take();

        assertThat(framesOf(2500)).isEmpty();
        exchange.receive(session, "{\"op\":\"ping\"}", now);
        assertThat(connection.take()).singleElement().asString().contains("pong");
        assertThat(framesOf(2000)).isNotEmpty();
    }

    @Test
    void stallWithoutPongsIsSilentUntilItEnds() {
        StreamSession session = open();
        inject("stall,for=3s,pongs=false");
        run(100);
        connection.take();

        exchange.receive(session, "{\"op\":\"ping\"}", now);
        assertThat(connection.take()).isEmpty();
        assertThat(connection.readingPaused()).isTrue();
        run(3000);
        connection.take();
        exchange.receive(session, "{\"op\":\"ping\"}", now);
        assertThat(connection.take()).anyMatch(text -> text.contains("pong"));
        assertThat(connection.readingPaused()).isFalse();
    }

    @Test
    void halfOpenConnectionStaysSilent() {
        StreamSession session = open();
        inject("half-open");
        run(100);
        connection.take();

        exchange.receive(session, "{\"op\":\"ping\"}", now);
        assertThat(framesOf(60_000)).isEmpty();
        assertThat(connection.closed()).isFalse();
        assertThat(connection.readingPaused()).isTrue();
    }

    @Test
    void dropClosesAndResetBreaksAFrame() {
        open();
        inject("reset");
        run(500);
        assertThat(connection.resetFrame()).startsWith("{\"topic\":");

        RecordingConnection other = new RecordingConnection();
        exchange.connect(ProductCategory.SPOT, other);
        inject("drop,category=spot");
        run(100);
        assertThat(other.closed()).isTrue();
    }

    @Test
    void onlyTheNamedConnectionIsAffected() {
        StreamSession session = open();
        RecordingConnection other = new RecordingConnection();
        exchange.connect(ProductCategory.LINEAR, other);

        inject("drop,connection=" + session.connectionId());
        run(100);

        assertThat(connection.closed()).isTrue();
        assertThat(other.closed()).isFalse();
    }

    @Test
    void refusedTopicIsUnknownUntilTheFaultIsCleared() {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        inject("refuse,topic=orderbook.50.*");
        run(50);

        send(session, BOOK);
        assertThat(connection.take()).singleElement().asString().contains("error:handler not found,topic:" + BOOK);

        exchange.control("DELETE", "/control/faults", Map.of(), "");
        send(session, BOOK);
        assertThat(connection.takeJson().get(0).path("success").asBoolean()).isTrue();
    }

    @Test
    void failedRequestHasNoEffectAndTheNextSucceeds() {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        inject("server-error,topic=orderbook.50.*");
        run(50);

        send(session, BOOK);
        assertThat(connection.take()).singleElement().asString().contains("\"success\":false", "Server error");
        assertThat(session.topics()).isEmpty();

        send(session, BOOK);
        assertThat(connection.takeJson().get(0).path("success").asBoolean()).isTrue();
        assertThat(session.topics()).hasSize(1);
    }

    @Test
    void burstPushesAtTheGivenRateAndKeepsTheBookConsistent() {
        BookReplica book = new BookReplica(50);
        book.apply(subscribe(BOOK));
        inject("burst,rate=8700,for=2s");

        List<JsonNode> frames = framesOf(1000);

        frames.forEach(book::apply);
        assertThat(frames).hasSizeBetween(8200, 8800);
        run(2000);
        connection.take();
        assertThat(framesOf(1000)).hasSizeLessThan(100);
    }

    @Test
    void shortBurstReachesEveryBook() {
        StreamSession session = open();
        List<String> topics = Stream.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT")
                .map(symbol -> "orderbook.1000." + symbol)
                .toList();
        topics.forEach(topic -> send(session, topic));
        connection.take();
        // Books of this depth are pushed every 200 ms, so these are frames of the burst.
        inject("burst,rate=100,for=100ms");
        run(100);

        assertThat(connection.takeJson())
                .extracting(frame -> frame.path("topic").asText())
                .containsAll(topics);
    }

    @Test
    void handshakesAreRejectedCountTimes() {
        inject("handshake,status=429,count=2");
        run(50);

        assertThat(exchange.refusal(ProductCategory.LINEAR, "/v5/public/linear"))
                .get()
                .extracting(RestResponse::status)
                .isEqualTo(429);
        assertThat(exchange.refusal(ProductCategory.LINEAR, "/v5/public/linear"))
                .isPresent();
        assertThat(exchange.refusal(ProductCategory.LINEAR, "/v5/public/linear"))
                .isEmpty();
    }

    @Test
    void restFaultsRejectDelayOrLimit() {
        inject("rest,status=403,topic=*/recent-trade");
        inject("rest,code=10006,topic=*/kline");
        inject("slow-rest,by=3s,topic=*/time");
        run(50);

        assertThat(exchange.get("/v5/market/recent-trade", Map.of(), now).body())
                .contains("access too frequent");
        RestResponse limited = exchange.get("/v5/market/kline", Map.of(), now);
        assertThat(limited.status()).isEqualTo(200);
        assertThat(limited.body()).contains("\"retCode\":10006,\"retMsg\":\"Too many visits!\"");
        assertThat(limited.headers()).containsKey("X-Bapi-Limit-Reset-Timestamp");
        assertThat(exchange.get("/v5/market/time", Map.of(), now).delay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(exchange.get("/v5/market/time", Map.of(), now).delay()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-60_000, 60_000})
    void clockSkewAppliesToAllTimes(long by) {
        subscribe(BOOK);
        inject("clock-skew,by=" + by);
        run(50);
        connection.take();

        JsonNode frame = framesOf(500).get(0);

        assertThat(frame.path("ts").asLong() - now).isBetween(by - 600, by);
        assertThat(frame.path("cts").asLong() - now).isBetween(by - 600, by);
        assertThat(RecordingConnection.parse(
                                exchange.get("/v5/market/time", Map.of(), now).body())
                        .path("time")
                        .asLong())
                .isEqualTo(now + by);
    }

    @Test
    void truthReturnsTheBookOfAnUpdateId() {
        BookReplica book = new BookReplica(50);
        book.apply(subscribe(BOOK));
        List<JsonNode> frames = framesOf(3000);
        List<JsonNode> early = frames.subList(0, 20);
        early.forEach(book::apply);
        long id = early.get(19).path("data").path("u").asLong();

        JsonNode truth = control("/control/book", Map.of("symbol", "BTCUSDT", "depth", "50", "u", Long.toString(id)));

        BookReplica published = new BookReplica(50);
        published.apply(RecordingConnection.parse("{\"type\":\"snapshot\",\"data\":" + truth + "}"));
        assertThat(published.bids).isEqualTo(book.bids);
        assertThat(published.asks).isEqualTo(book.asks);
    }

    @Test
    void truthDistinguishesRepeatedUpdateIdsByTime() {
        subscribe(BOOK);
        inject("restart");
        List<JsonNode> first = framesOf(1000);
        inject("restart");
        framesOf(1000);
        JsonNode published = first.get(first.size() - 1);
        String id = published.path("data").path("u").asText();
        Map<String, String> book = Map.of("symbol", "BTCUSDT", "depth", "50", "u", id);
        Map<String, String> then = new HashMap<>(book);
        then.put("cts", published.path("cts").asText());

        assertThat(control("/control/book", then).path("cts")).isEqualTo(published.path("cts"));
        assertThat(control("/control/book", book).path("cts").asLong())
                .isGreaterThan(published.path("cts").asLong());
    }

    @Test
    void truthReturnsAllTrades() {
        subscribe("publicTrade.BTCUSDT");
        List<String> streamed = new ArrayList<>();
        framesOf(20_000).forEach(frame -> frame.path("data")
                .forEach(trade -> streamed.add(trade.path("i").asText())));

        JsonNode truth = control("/control/trades", Map.of("symbol", "BTCUSDT", "since", Long.toString(START)));

        List<String> published = new ArrayList<>();
        truth.path("list").forEach(trade -> published.add(trade.path("execId").asText()));
        assertThat(published).hasSizeGreaterThan(20).isEqualTo(streamed);
        assertThat(control(
                                "/control/trades",
                                Map.of(
                                        "symbol",
                                        "BTCUSDT",
                                        "from",
                                        truth.path("next").asText()))
                        .path("list"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|fault kind is \"nonsense\", must be one of drop, reset",
                "lost,depth=5|unknown parameter \"depth\"",
                "lost,count=0|fault count is 0, must be a whole number from 1",
                "stall,for=-5s|fault for is -5s, must be a time like",
                "stall,for=long|fault for is long",
                "lost,category=moon|fault category is \"moon\"",
                "lost,count|\"count\" must be name=value"
            })
    void invalidFaultIsRejectedWithTheReason(String line, String reason) {
        assertThatThrownBy(() -> FaultReader.line(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void faultsAreTakenFromQueryOrBodyAndListed() {
        assertThat(exchange.control("POST", "/control/fault", Map.of("kind", "lost"), "")
                        .status())
                .isEqualTo(200);
        assertThat(exchange.control("POST", "/control/fault", Map.of(), "{\"kind\":\"stall\",\"for\":\"2s\"}")
                        .status())
                .isEqualTo(200);
        assertThat(exchange.control("POST", "/control/fault", Map.of(), "{").status())
                .isEqualTo(400);
        assertThat(exchange.control("GET", "/control/nope", Map.of(), "").status())
                .isEqualTo(404);
        assertThat(control("/control/faults", Map.of()).path("faults")).hasSize(2);
    }

    private StreamSession open() {
        StreamSession session = exchange.connect(ProductCategory.LINEAR, connection);
        send(session, BOOK);
        connection.take();
        return session;
    }

    /** Subscribes and returns the last frame, which is the snapshot if there is one. */
    private JsonNode subscribe(String topic) {
        send(exchange.connect(ProductCategory.LINEAR, connection), topic);
        List<JsonNode> frames = connection.takeJson();
        return frames.get(frames.size() - 1);
    }

    private void send(StreamSession session, String topic) {
        exchange.receive(session, "{\"op\":\"subscribe\",\"args\":[\"" + topic + "\"]}", now);
    }

    private void inject(String line) {
        exchange.faults().schedule(FaultReader.line(line));
    }

    /** The frames of a book before and after a fault is injected. */
    private List<JsonNode> framesAround(String fault, int millis) {
        List<JsonNode> frames = new ArrayList<>(List.of(subscribe(BOOK)));
        frames.addAll(framesOf(500));
        inject(fault);
        frames.addAll(framesOf(millis));
        return frames;
    }

    private void run(int millis) {
        for (long end = now + millis; now < end; ) {
            now += 10;
            exchange.advance(now);
        }
    }

    private List<JsonNode> framesOf(int millis) {
        run(millis);
        return connection.takeJson().stream()
                .filter(frame -> frame.has("topic"))
                .collect(Collectors.toList());
    }

    private JsonNode control(String path, Map<String, String> parameters) {
        RestResponse answer = exchange.control("GET", path, parameters, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return RecordingConnection.parse(answer.body());
    }

    private static List<Long> updateIds(List<JsonNode> frames) {
        return frames.stream()
                .map(frame -> frame.path("data").path("u").asLong())
                .toList();
    }

    private static List<Long> steps(List<Long> ids) {
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < ids.size(); i++) {
            steps.add(ids.get(i) - ids.get(i - 1));
        }
        return steps;
    }
}
