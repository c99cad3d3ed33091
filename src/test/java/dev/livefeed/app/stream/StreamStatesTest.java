package dev.livefeed.app.stream;

import static dev.livefeed.app.stream.StreamRig.SYMBOL;
import static dev.livefeed.app.stream.StreamRig.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** States that clients follow, and past candles, without a socket. */
class StreamStatesTest {

    private static final long MINUTE = 60_000_000;

    private String global = "1";
    private String urgent = "1";
    private int reads;
    private final List<InstrumentId> readInstruments = new ArrayList<>();
    private final Map<InstrumentId, Integer> figures = new HashMap<>();
    private final FollowedState health = new FollowedState("health", "health", false, 250, 1_000, none -> {
        reads++;
        return new FollowedState.Reading("{\"value\":" + global + "}", global, urgent);
    });
    private final FollowedState context = FollowedState.ofInstruments("context", "context", 1_000, instrument -> {
        readInstruments.add(instrument);
        Integer figure = figures.get(instrument);
        return figure == null ? null : FollowedState.Reading.of("{\"figure\":" + figure + "}");
    });
    private final StreamRig rig = new StreamRig(64 * 1024, EventQueue.CAPACITY, health, context);

    private List<JsonNode> after(FakeSink sink, long millis) {
        rig.now += millis;
        rig.hub.work();
        return sink.take();
    }

    /** The hub looks when it works, with or without events. */
    private List<JsonNode> states(FakeSink sink, long millis) {
        rig.market.trade(trade("ETHUSDT", rig.now + millis + 1));
        return after(sink, millis).stream().filter(m -> m.has("data")).toList();
    }

    @Test
    void nothingIsReadWithoutASubscription() throws Exception {
        FakeSink sink = rig.join("trades", null);
        states(sink, 5_000);

        assertThat(reads).isZero();
        assertThat(readInstruments).isEmpty();
    }

    @Test
    void aStateComesOnJoiningAndWhenItChanges() throws Exception {
        FakeSink sink = rig.join("health,trades", null);

        JsonNode first = sink.take().get(1);
        assertThat(first.path("type").asText()).isEqualTo("health");
        assertThat(first.path("synthetic").asBoolean()).isTrue();
        assertThat(first.path("timestamp").asLong()).isPositive();
        assertThat(first.at("/data/value").asInt()).isEqualTo(1);
        assertThat(states(sink, 1_000)).isEmpty();
        global = "2";
        urgent = "2";
        assertThat(states(sink, 250))
                .singleElement()
                .matches(m -> m.at("/data/value").asInt() == 2);
    }

    @Test
    void whatIsNotUrgentIsSentOnceASecond() throws Exception {
        FakeSink sink = rig.join("health,trades", null);
        sink.take();

        global = "2";
        assertThat(states(sink, 250)).isEmpty();
        assertThat(states(sink, 250)).isEmpty();
        global = "3";
        assertThat(states(sink, 250)).isEmpty();
        assertThat(states(sink, 250))
                .singleElement()
                .matches(m -> m.at("/data/value").asInt() == 3);
    }

    @Test
    void anInstrumentWithoutAStateGetsNoneUntilItHasOne() throws Exception {
        FakeSink sink = rig.join("context,trades", SYMBOL);

        assertThat(sink.take()).noneMatch(m -> m.has("data"));
        figures.put(Ids.linear(SYMBOL), 7);
        assertThat(states(sink, 1_000)).singleElement().satisfies(m -> {
            assertThat(m.path("symbol").asText()).isEqualTo(SYMBOL);
            assertThat(m.path("category").asText()).isEqualTo("linear");
            assertThat(m.at("/data/figure").asInt()).isEqualTo(7);
        });
    }

    @Test
    void onlySubscribedInstrumentsAreRead() throws Exception {
        rig.market.trade(trade("ETHUSDT", 1));
        figures.put(Ids.linear(SYMBOL), 1);
        figures.put(Ids.linear("ETHUSDT"), 1);
        FakeSink sink = rig.join("context", SYMBOL);
        sink.take();

        assertThat(readInstruments).containsOnly(Ids.linear(SYMBOL));
        rig.hub.message(sink, "{\"command\":\"subscribe\",\"channel\":\"context\",\"symbol\":\"ETHUSDT\"}");
        assertThat(sink.take()).filteredOn(m -> m.has("data")).singleElement().matches(m -> m.path("symbol")
                .asText()
                .equals("ETHUSDT"));
    }

    @Test
    void manyInstrumentsAreReadInTurns() throws Exception {
        List<InstrumentId> many = IntStream.range(0, 3 * StateBoard.MAX_READINGS)
                .mapToObj(i -> Ids.linear("A" + i))
                .toList();
        many.forEach(instrument -> {
            rig.market.trade(trade(instrument, 1));
            figures.put(instrument, 1);
        });
        FakeSink sink = rig.join("context", null);
        List<JsonNode> received = new ArrayList<>(sink.take());

        assertThat(readInstruments).hasSize(StateBoard.MAX_READINGS);
        for (int i = 0; i < 3; i++) {
            rig.now += StateBoard.LOOK_MILLIS;
            rig.hub.message(sink, "{\"command\":\"ping\"}");
            received.addAll(sink.take());
        }
        assertThat(received.stream().filter(m -> m.has("data")).map(m -> m.path("symbol")
                        .asText()))
                .containsExactlyInAnyOrderElementsOf(
                        many.stream().map(InstrumentId::symbol).toList());
    }

    @Test
    void slowReadingsDoNotDelayTheStream() throws Exception {
        StreamRig[] slow = new StreamRig[1];
        FollowedState profile = FollowedState.ofInstruments("profile", "profile", 1_000, instrument -> {
            slow[0].now += 60;
            return FollowedState.Reading.of("{}");
        });
        slow[0] = new StreamRig(64 * 1024, EventQueue.CAPACITY, profile);
        for (int i = 0; i < 5; i++) {
            slow[0].market.trade(trade("A" + i, 1));
        }
        FakeSink sink = slow[0].join("profile", null);

        assertThat(sink.take()).filteredOn(m -> m.has("data")).hasSize(2);
        slow[0].now += StateBoard.LOOK_MILLIS;
        slow[0].hub.message(sink, "{\"command\":\"ping\"}");
        assertThat(sink.take()).filteredOn(m -> m.has("data")).hasSize(2);
    }

    @Test
    void aSlowClientReceivesOnlyTheNewestState() throws Exception {
        FakeSink sink = rig.join("health,trades", null);
        sink.take();
        for (int i = 0; sink.pending() < 64 * 1024; i++) {
            rig.market.trade(trade("ETHUSDT", 10_000 + i));
            rig.hub.work();
        }
        for (int i = 2; i < 9; i++) {
            global = Integer.toString(i);
            urgent = global;
            rig.now += 250;
            rig.hub.work();
        }

        List<JsonNode> received = sink.take();
        assertThat(received)
                .filteredOn(m -> m.has("data"))
                .singleElement()
                .matches(m -> m.at("/data/value").asInt() == 8);
        assertThat(received)
                .filteredOn(m -> m.path("type").asText().equals("lost"))
                .extracting(m -> m.path("channel").asText())
                .doesNotContain("health");
    }

    @Test
    void anUnsubscribedStateIsReadNoMore() throws Exception {
        FakeSink sink = rig.join("health,trades", null);
        sink.take();
        int before = reads;
        rig.hub.message(sink, "{\"command\":\"unsubscribe\",\"channel\":\"health\"}");
        global = "2";
        urgent = "2";

        assertThat(states(sink, 1_000)).isEmpty();
        assertThat(states(sink, 1_000)).isEmpty();
        assertThat(reads).isEqualTo(before);
    }

    @Test
    void aFailingStateDoesNotEndTheOthers() throws Exception {
        FollowedState failing = FollowedState.of("routes", "routes", 250, () -> {
            throw new IllegalStateException("on purpose");
        });
        StreamRig other = new StreamRig(64 * 1024, EventQueue.CAPACITY, failing, health);
        FakeSink sink = other.join("routes,health", null);

        assertThat(sink.take()).filteredOn(m -> m.has("data")).singleElement().matches(m -> m.path("type")
                .asText()
                .equals("health"));
    }

    private static Candle candle(int minute, boolean closed) {
        BigDecimal one = BigDecimal.ONE;
        return new Candle(
                Ids.linear(SYMBOL),
                "1m",
                minute * MINUTE,
                (minute + 1) * MINUTE,
                new Candle.Prices(one, one, one, one),
                new Candle.Volumes(one, one, one, 2),
                closed,
                true);
    }

    private void candles(int count) {
        for (int minute = 0; minute < count; minute++) {
            rig.past.add(candle(minute, minute < count - 1));
        }
    }

    @Test
    void pastCandlesComeInPagesOldestFirst() throws Exception {
        candles(9);

        List<JsonNode> pages = rig.join("candles.1m", SYMBOL, "5").take().stream()
                .filter(m -> m.has("data"))
                .toList();

        assertThat(pages).extracting(m -> m.path("type").asText()).containsOnly("candles");
        assertThat(pages).extracting(m -> m.at("/data/starts").size()).containsExactly(2, 2, 1);
        List<Long> starts = new ArrayList<>();
        pages.forEach(page -> page.at("/data/starts").forEach(start -> starts.add(start.asLong())));
        assertThat(starts)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(4 * MINUTE)
                .endsWith(8 * MINUTE);
    }

    @Test
    void fetchedCandlesAreSentToWhoStillWantsThem() throws Exception {
        candles(1);
        FakeSink sink = rig.join("candles.1m", SYMBOL, "5");
        FakeSink left = rig.join("candles.1m", SYMBOL, "5");
        assertThat(sink.take())
                .filteredOn(m -> m.path("type").asText().equals("candles"))
                .hasSize(1);
        left.take();
        rig.hub.message(left, "{\"command\":\"unsubscribe\",\"channel\":\"candles.1m\",\"symbol\":\"BTCUSDT\"}");
        rig.hub.work();
        left.take();

        rig.past.clear();
        candles(3);
        assertThat(rig.fetched).hasSize(2);
        rig.fetched.forEach(Runnable::run);
        rig.hub.work();

        assertThat(sink.take().stream().flatMapToLong(page -> StreamSupport.stream(
                                page.at("/data/starts").spliterator(), false)
                        .mapToLong(JsonNode::asLong)))
                .containsExactly(0L, MINUTE, 2 * MINUTE);
        assertThat(left.take()).isEmpty();
    }

    @Test
    void aCommandRequestsPastCandlesToo() throws Exception {
        candles(3);
        FakeSink sink = rig.join("status", null);
        sink.take();

        rig.hub.message(
                sink,
                "{\"command\":\"subscribe\",\"channel\":\"candles\",\"symbol\":\"BTCUSDT\",\"history\":2,\"id\":1}");

        assertThat(sink.take())
                .filteredOn(m -> m.has("data"))
                .singleElement()
                .matches(m -> m.at("/data/starts").size() == 2);
    }

    @Test
    void pastCandlesThatAreRequestedAgainBeforeTheyAreReadComeOnce() throws Exception {
        StreamRig small = new StreamRig(300, EventQueue.CAPACITY);
        List.of(0, 1, 2, 3).forEach(minute -> small.past.add(candle(minute, true)));
        FakeSink sink = small.join("status", null);

        for (int count : new int[] {1, 4, 2}) {
            small.hub.message(
                    sink,
                    "{\"command\":\"subscribe\",\"channel\":\"candles.1m\",\"symbol\":\"BTCUSDT\",\"history\":" + count
                            + "}");
            small.hub.work();
        }

        assertThat(sink.take().stream()
                        .filter(m -> m.path("type").asText().equals("candles"))
                        .flatMapToLong(page -> StreamSupport.stream(
                                        page.at("/data/starts").spliterator(), false)
                                .mapToLong(JsonNode::asLong)))
                .containsExactly(0L, MINUTE, 2 * MINUTE, 3 * MINUTE);
    }

    @Test
    void aNumberOfPastCandlesOutsideItsRangeIsRefused() {
        for (String wrong : List.of("-1", "1441", "many", "1.5", "")) {
            assertThatThrownBy(() -> rig.hub.subscription("candles", null, wrong))
                    .hasMessage("history is \"" + wrong + "\"; it must be a whole number from 0 to 1440");
        }
    }
}
