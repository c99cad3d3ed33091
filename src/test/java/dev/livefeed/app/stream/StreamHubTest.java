package dev.livefeed.app.stream;

import static dev.livefeed.app.stream.StreamRig.SYMBOL;
import static dev.livefeed.app.stream.StreamRig.depth;
import static dev.livefeed.app.stream.StreamRig.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.paper.Signal;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Wallet;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages to clients, without a socket. */
class StreamHubTest {

    private final StreamRig rig = new StreamRig();

    private static Candle candle(String timeframe, boolean closed) {
        BigDecimal one = BigDecimal.ONE;
        return new Candle(
                Ids.linear(SYMBOL),
                timeframe,
                1_700_000_000_000_000L,
                1_700_000_060_000_000L,
                new Candle.Prices(one, one, one, one),
                new Candle.Volumes(one, one, one, 2),
                closed,
                true);
    }

    private static SignalOutcome outcome(String refused) {
        Signal signal = new Signal(
                "sweep",
                Ids.linear(SYMBOL),
                1_700_000_000_000_500L,
                Signal.BUY,
                new BigDecimal("0.6"),
                new Signal.Terms(new BigDecimal("100.50"), new BigDecimal("0.010"), "market"),
                Map.of("reason", "low swept"));
        return new SignalOutcome(signal, refused == null ? 7 : -1, refused, 0);
    }

    private static List<String> types(List<JsonNode> messages) {
        return messages.stream().map(m -> m.path("type").asText()).toList();
    }

    @Test
    void clientsShareWhatWaitsForThem() throws Exception {
        StreamRig rig = new StreamRig();
        rig.market.depth(StreamRig.depth(true, 1, -1, 50, "100 1", "101 1"));
        FakeSink one = rig.join("trades,depth,status", null);
        FakeSink other = rig.join("trades,depth,status", null);
        one.take();
        other.take();

        rig.market.trade(StreamRig.trade(StreamRig.SYMBOL, 1));
        rig.market.depth(StreamRig.depth(false, 2, 1, 50, "100 2", ""));
        rig.hub.take(Statuses.of(ConnectionDown.STATUS, "test"));
        rig.hub.work();

        assertThat(one.waiting()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(one.waiting().get(i)).isSameAs(other.waiting().get(i));
        }
    }

    @Test
    void aSymbolOfTwoMarketsNeedsItsCategory() throws Exception {
        rig.market.trade(trade(Ids.spot(SYMBOL), 1));

        assertThatThrownBy(() -> rig.hub.subscription(null, SYMBOL, null))
                .hasMessage(
                        "symbol is \"BTCUSDT\", which is ambiguous; it must be one of linear:BTCUSDT, spot:BTCUSDT");
        FakeSink sink = rig.join("trades", "spot:BTCUSDT");
        assertThat(sink.take()).last().matches(m -> m.path("category").asText().equals("spot"));
        rig.market.trade(trade(SYMBOL, 2));
        rig.market.trade(trade(Ids.spot(SYMBOL), 3));
        assertThat(sink.take()).extracting(m -> m.path("id").asText()).containsExactly("3");
    }

    @Test
    void newClientReceivesTheCurrentState() throws Exception {
        rig.market.trade(trade(SYMBOL, 1));
        rig.market.depth(depth(true, 5, -1, 50, "100 1, 99 2", "101 1"));
        rig.open.add(candle("1s", false));
        rig.open.add(candle("1m", false));

        List<JsonNode> messages =
                rig.join("trades,depth,candles.1m,status,signals", SYMBOL).take();

        assertThat(types(messages)).containsExactlyInAnyOrder("status", "price", "candle", "depth");
        assertThat(messages.get(0).path("status").asText()).isEqualTo("feed");
        assertThat(messages)
                .allSatisfy(m -> assertThat(m.path("synthetic").asBoolean()).isTrue());
        JsonNode book = messages.get(types(messages).indexOf("depth"));
        assertThat(book.path("snapshot").asBoolean()).isTrue();
        assertThat(book.path("last_update_id").asLong()).isEqualTo(5);
        assertThat(book.path("levels").asInt()).isEqualTo(50);
        assertThat(book.path("bids").toString()).isEqualTo("[[100,1],[99,2]]");
        JsonNode candle = messages.get(types(messages).indexOf("candle"));
        assertThat(candle.path("timeframe").asText()).isEqualTo("1m");
        assertThat(candle.path("closed").asBoolean()).isFalse();
    }

    @Test
    void lateTradeIsMarked() throws Exception {
        FakeSink sink = rig.join("trades", SYMBOL);
        sink.take();

        rig.market.trade(trade(SYMBOL, 2));
        rig.market.trade(trade(SYMBOL, 1));

        List<JsonNode> messages = sink.take();
        assertThat(messages).extracting(m -> m.path("id").asText()).containsExactly("2", "1");
        assertThat(messages.get(0).has("late")).isFalse();
        assertThat(messages.get(1).path("late").asBoolean()).isTrue();
        List<JsonNode> joining = rig.join("trades", SYMBOL).take();
        assertThat(joining.get(1).path("id").asText())
                .as("the price of the newest")
                .isEqualTo("2");
    }

    @Test
    void eventsArriveOnceAndInOrder() throws Exception {
        FakeSink sink = rig.join("trades,depth", null);
        FakeSink other = rig.join("trades", "BTCUSDT");
        sink.take();
        other.take();

        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        rig.market.trade(trade(SYMBOL, 1));
        rig.market.depth(depth(false, 6, 5, 50, "100 0, 99 3", ""));
        rig.market.trade(trade("ETHUSDT", 2));
        rig.market.depth(depth(false, 8, 6, 50, "", "101 4"));

        List<JsonNode> messages = sink.take();
        assertThat(types(messages)).containsExactly("depth", "trade", "depth", "trade", "depth");
        assertThat(messages.get(2).path("prev_update_id").asLong()).isEqualTo(5);
        assertThat(messages.get(4).path("prev_update_id").asLong()).isEqualTo(6);
        assertThat(other.take()).hasSize(1);
    }

    @Test
    void snapshotIncludesAnUpdateInFlight() throws Exception {
        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        FakeSink early = rig.join("depth", null);
        early.take();
        // The market has applied it, but the hub has not processed it yet when the second client joins.
        rig.market.onTaken(dev.livefeed.app.market.MarketListener.NONE);
        var update = depth(false, 6, 5, 50, "99 1", "");
        rig.market.depth(update);
        FakeSink late = rig.join("depth", null);
        rig.hub.depth(update);
        rig.market.onTaken(rig.hub);
        rig.market.depth(depth(false, 7, 6, 50, "98 1", ""));

        assertThat(early.take())
                .extracting(m -> m.path("last_update_id").asLong())
                .containsExactly(6L, 7L);
        assertThat(late.take())
                .filteredOn(m -> m.path("type").asText().equals("depth"))
                .extracting(m -> m.path("last_update_id").asLong())
                .containsExactly(6L, 7L);
    }

    @Test
    void deltasNameThePreviousUpdateEvenIfTheConnectorDoesNot() throws Exception {
        rig.market.depth(depth(true, 5, -1, 0, "100 1", "101 1"));
        FakeSink sink = rig.join("depth", null);
        sink.take();
        rig.market.depth(depth(false, 9, -1, 0, "99 1", ""));
        rig.market.depth(depth(false, 11, -1, 0, "98 1", ""));

        assertThat(sink.take())
                .extracting(m -> m.path("prev_update_id").asLong())
                .containsExactly(5L, 9L);
    }

    @Test
    void staleBookIsReportedUntilItsSnapshot() throws Exception {
        FakeSink sink = rig.join("depth", SYMBOL);
        assertThat(sink.take().get(1).path("status").asText()).isEqualTo("stale");

        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        rig.market.depth(depth(false, 9, 7, 50, "99 1", ""));
        rig.market.depth(depth(false, 10, 9, 50, "98 1", ""));
        List<JsonNode> messages = sink.take();

        assertThat(types(messages)).containsExactly("depth", "status");
        assertThat(messages.get(1).path("status").asText()).isEqualTo("stale");
        assertThat(messages.get(1).path("reason").asText()).contains("continues 7, the book stands at 5");
        FakeSink late = rig.join("depth", SYMBOL);
        assertThat(late.take().get(1).path("status").asText()).isEqualTo("stale");

        rig.market.depth(depth(true, 20, -1, 50, "90 1", "91 1"));
        rig.market.depth(depth(false, 21, 20, 50, "89 1", ""));

        for (FakeSink each : List.of(sink, late)) {
            assertThat(each.take())
                    .extracting(m -> m.path("last_update_id").asLong())
                    .containsExactly(20L, 21L);
        }
    }

    @Test
    void lostFeedMakesEveryBookStale() throws Exception {
        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        FakeSink sink = rig.join("depth,status", null);
        sink.take();
        Status lost = Statuses.of(ConnectionDown.STATUS, "bybit", null, null, null, "key hush-hush", Map.of());
        rig.market.status(lost);
        rig.hub.take(lost);

        List<JsonNode> messages = sink.take();
        assertThat(messages).extracting(m -> m.path("status").asText()).containsExactly("stale", "disconnected");
        assertThat(messages.toString()).doesNotContain("hush-hush");
    }

    @Test
    void booksOfDifferentDepthsAreSeparateChannels() throws Exception {
        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        rig.market.depth(depth(true, 70, -1, 200, "100 1, 90 1", "101 1"));
        FakeSink near = rig.join("depth", null);
        FakeSink far = rig.join("depth.200", null);
        rig.market.depth(depth(false, 6, 5, 50, "99 1", ""));
        rig.market.depth(depth(false, 71, 70, 200, "80 1", ""));

        assertThat(near.take())
                .extracting(m -> m.path("last_update_id").asLong())
                .containsExactly(0L, 5L, 6L);
        assertThat(far.take())
                .extracting(m -> m.path("last_update_id").asLong())
                .containsExactly(0L, 70L, 71L);
    }

    @Test
    void routesPublishCandlesSignalsAndStatuses() throws Exception {
        FakeSink sink = rig.join(null, null);
        FakeSink minutes = rig.join("candles.1m", null);
        sink.take();
        minutes.take();
        rig.hub.take(candle("1s", true));
        rig.hub.take(candle("1m", true));
        rig.hub.take(outcome(null));
        rig.hub.take(outcome("too old"));
        rig.hub.take(Statuses.of(Gap.STATUS, "bybit", SYMBOL, "trades", null, "lost", Map.of("from", 1)));
        rig.hub.take(new Failure("it hurts", "10006", null, null, null, false));
        rig.hub.take(Statuses.of(Heartbeat.STATUS, "bybit"));
        rig.hub.take(Statuses.of(Degraded.STATUS, "bybit", null, "account", null, "keys refused", Map.of()));

        List<JsonNode> messages = sink.take();
        assertThat(types(messages)).containsExactly("candle", "candle", "signal", "signal", "status", "error");
        assertThat(messages)
                .allSatisfy(m -> assertThat(m.path("synthetic").asBoolean()).isTrue());
        assertThat(messages.get(3).path("refused").asText()).isEqualTo("too old");
        assertThat(minutes.take()).hasSize(1);
    }

    @Test
    void decimalsKeepTheirDigits() throws Exception {
        FakeSink sink = rig.join("signals", null);
        sink.take();
        rig.hub.take(outcome(null));

        assertThat(sink.readAll().texts())
                .containsExactly("{\"type\":\"signal\",\"timestamp\":1700000000000.500,\"strategy\":\"sweep\","
                        + "\"symbol\":\"BTCUSDT\",\"category\":\"linear\",\"signal_type\":\"buy\","
                        + "\"confidence\":0.6,\"price\":100.50,"
                        + "\"quantity\":0.010,\"order_type\":\"market\",\"metadata\":{\"reason\":\"low swept\"},"
                        + "\"order\":7,\"paper\":true,\"synthetic\":true}");
    }

    @Test
    void unsupportedBodiesAreRejected() {
        Wallet wallet =
                new Wallet(1, "unified", null, null, null, null, null, null, null, List.of(), Map.of(), 1, true);

        assertThatThrownBy(() -> rig.hub.take(wallet))
                .hasMessageContaining("account events must not be sent to the stream");
        assertThatThrownBy(() -> rig.hub.take(trade(SYMBOL, 1))).hasMessageContaining("without a route");
        assertThatThrownBy(() -> rig.hub.take("text")).hasMessageContaining("not java.lang.String");
    }

    @Test
    void nothingIsQueuedWithoutSubscribers() throws Exception {
        for (int i = 0; i < 10; i++) {
            rig.market.trade(trade(SYMBOL, i));
            rig.hub.take(candle("1s", true));
        }
        FakeSink sink = rig.join("status", null);
        rig.market.trade(trade(SYMBOL, 11));
        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));

        assertThat(types(sink.take())).containsExactly("status");
        assertThat(rig.hub.figures().sent()).isEqualTo(1);
    }

    @Test
    void responsesCarryTheIdOfTheCommand() throws Exception {
        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        FakeSink sink = rig.join("signals", null);
        sink.take();

        rig.hub.message(sink, "{\"command\":\"subscribe\",\"channel\":\"depth\",\"symbol\":\"BTCUSDT\",\"id\":\"1\"}");
        List<JsonNode> subscribed = sink.take();
        assertThat(subscribed.get(0).toString())
                .isEqualTo(
                        "{\"type\":\"status\",\"status\":\"subscribed\",\"channel\":\"depth\",\"symbol\":\"BTCUSDT\","
                                + "\"category\":\"linear\",\"id\":\"1\",\"synthetic\":true}");
        assertThat(subscribed.get(1).path("last_update_id").asLong()).isEqualTo(5);

        rig.hub.message(sink, "{\"command\":\"ping\",\"id\":2}");
        assertThat(sink.take().toString())
                .isEqualTo("[{\"type\":\"status\",\"status\":\"heartbeat\",\"id\":2,\"synthetic\":true}]");

        rig.hub.message(
                sink, "{\"command\":\"unsubscribe\",\"channel\":\"depth\",\"symbol\":\"BTCUSDT\",\"id\":\"3\"}");
        rig.market.depth(depth(false, 6, 5, 50, "99 1", ""));
        assertThat(sink.take()).extracting(m -> m.path("status").asText()).containsExactly("unsubscribed");
    }

    @Test
    void subscribingAgainSendsANewSnapshot() throws Exception {
        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        FakeSink sink = rig.join("depth", null);
        sink.take();
        rig.hub.message(sink, "{\"command\":\"subscribe\",\"channel\":\"depth\"}");
        rig.market.depth(depth(false, 6, 5, 50, "99 1", ""));

        assertThat(sink.take()).filteredOn(m -> m.has("last_update_id")).last().satisfies(m -> assertThat(
                        m.path("last_update_id").asLong())
                .isEqualTo(6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    hello | the message is "hello"; it must be a JSON object
                    [1] | the message is "[1]"; it must be a JSON object
                    {"command":"ping"} x                                    | it must be a JSON object
                    {}                                                      | command is missing; it must be one of
                    {"command":"buy"} | command is "buy"; it must be one of subscribe, unsubscribe, ping
                    {"command":5}                                           | command is 5; it must be a text
                    {"command":"subscribe"} | channel is missing; it must be one of trades, depth,
                    {"command":"subscribe","channel":"wallet"} | channel is "wallet"; it must be one of trades, depth,
                    {"command":"subscribe","channel":"depth.500"}           | channel is "depth.500"; it must be one of
                    {"command":"subscribe","channel":"depth","symbol":"a/b"} | symbol is "a/b"; it must be 1 to 40
                    {"command":"subscribe","channel":"depth","symbol":"XY"} | \
                        symbol is "XY", which is unknown; it must be one of BTCUSDT
                    {"command":"unsubscribe","channel":"signals","symbol":"BTCUSDT"} | \
                        signals is subscribed for all symbols
                    {"command":"ping","id":{}} | id is {}; it must be a text or a whole number
                    """)
    void invalidCommandIsRejectedWithFieldValueAndRule(String command, String reason) throws Exception {
        FakeSink sink = rig.join("signals", null);
        sink.take();
        rig.hub.message(sink, command);

        List<JsonNode> messages = sink.take();
        assertThat(types(messages)).containsExactly("error");
        assertThat(messages.get(0).path("code").asText()).isEqualTo("command");
        assertThat(messages.get(0).path("error").asText()).contains(reason);
        assertThat(sink.closed).isNull();
    }

    @Test
    void invalidQueryIsRejected() {
        assertThatThrownBy(() -> rig.hub.subscription("trades,foo", null, null))
                .hasMessageStartingWith("channel is \"foo\"; ");
        assertThatThrownBy(() -> rig.hub.subscription("", null, null)).hasMessageStartingWith("channel is \"\"; ");
        assertThatThrownBy(() -> rig.hub.subscription(null, "NOSUCH", null))
                .hasMessageStartingWith("symbol is \"NOSUCH\", ");
    }

    @Test
    void slowClientLearnsItsLossesAndGetsANewSnapshot() throws Exception {
        rig.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        FakeSink sink = rig.join("trades,depth,signals", null);
        sink.take();
        for (int i = 0; i < 1_000; i++) {
            rig.market.trade(trade(SYMBOL, i));
            rig.market.depth(depth(false, 6 + i, 5 + i, 50, "99 " + (i + 1), ""));
        }
        rig.hub.take(outcome(null));
        rig.hub.work();
        assertThat(sink.most).isLessThan(65 * 1024);

        List<JsonNode> messages = sink.take();
        long trades = messages.stream()
                .filter(m -> m.path("type").asText().equals("trade"))
                .count();
        JsonNode lost = messages.stream()
                .filter(m -> m.path("type").asText().equals("lost"))
                .findFirst()
                .orElseThrow();
        assertThat(lost.path("channel").asText()).isEqualTo("trades");
        assertThat(lost.path("symbol").asText()).isEqualTo(SYMBOL);
        assertThat(trades + lost.path("count").asLong()).isEqualTo(1_000);
        assertThat(types(messages)).containsOnlyOnce("signal");
        JsonNode last = messages.get(messages.size() - 1);
        assertThat(last.path("snapshot").asBoolean()).isTrue();
        assertThat(last.path("last_update_id").asLong()).isEqualTo(1_005);
        assertThat(last.path("bids").toString()).isEqualTo("[[100,1],[99,1000]]");
        assertThat(rig.hub.figures().lost()).isEqualTo(lost.path("count").asLong());
        assertThat(rig.hub.figures().conflated()).isEqualTo(1);
    }

    @Test
    void clientThatStaysSlowIsClosed() throws Exception {
        FakeSink sink = rig.join("trades", null);
        for (int i = 0; i < 1_000; i++) {
            rig.market.trade(trade(SYMBOL, i));
        }
        rig.hub.work();
        rig.now = 29_000;
        sink.heardAt = rig.now;
        rig.hub.tick(rig.now);
        assertThat(sink.closed).isNull();
        rig.now = 30_000;
        rig.hub.tick(rig.now);

        assertThat(sink.closed).startsWith("1013 too slow: ").endsWith(" KiB have waited for 30 s");
        assertThat(rig.hub.figures().slow()).isEqualTo(1);
    }

    @Test
    void silentClientIsPingedThenClosed() throws Exception {
        FakeSink sink = rig.join("status", null);
        FakeSink alive = rig.join("status", null);
        for (rig.now = 0; rig.now <= 60_000; rig.now += 10_000) {
            alive.heardAt = rig.now;
            rig.hub.tick(rig.now);
        }

        assertThat(sink.pings).isEqualTo(2);
        assertThat(sink.closed).isEqualTo("4000 no answer to pings for 60 s");
        assertThat(alive.closed).isNull();
        assertThat(alive.pings).isEqualTo(3);
    }

    @Test
    void changeOfTheFeedIsSentOnce() throws Exception {
        FakeSink sink = rig.join("status", null);
        sink.take();
        rig.now = 1_000;
        rig.hub.tick(rig.now);
        assertThat(sink.take()).isEmpty();
        rig.state = "stale";
        rig.hub.tick(rig.now);
        rig.now = 2_000;
        rig.hub.tick(rig.now);

        assertThat(sink.take()).extracting(m -> m.path("state").asText()).containsExactly("stale");
    }

    @Test
    void numberOfClientsIsLimited() {
        assertThat(rig.hub.enter()).isNull();
        assertThat(rig.hub.enter()).isNull();
        assertThat(rig.hub.enter()).contains("there are 2 clients already, the maximum (STREAM_CLIENTS)");
        assertThat(rig.hub.figures().full()).isOne();
        rig.hub.leave();
        assertThat(rig.hub.enter()).isNull();
        rig.hub.stop();
        assertThat(rig.hub.enter()).isEqualTo("the application stops");
    }

    @Test
    void eventsBeyondTheQueueAreCountedForEachSubscriber() throws Exception {
        StreamRig small = new StreamRig(1024 * 1024, 80);
        small.market.depth(depth(true, 5, -1, 50, "100 1", "101 1"));
        FakeSink sink = small.join("trades,depth", null);
        FakeSink other = small.join("signals", null);
        sink.take();
        other.take();
        for (int i = 0; i < 100; i++) {
            small.market.trade(trade(SYMBOL, i));
        }
        small.market.depth(depth(false, 6, 5, 50, "99 1", ""));

        List<JsonNode> messages = sink.take();
        assertThat(messages.subList(0, 10))
                .allMatch(m -> m.path("type").asText().equals("trade"));
        assertThat(messages.get(10).toString())
                .isEqualTo("{\"type\":\"lost\",\"channel\":\"trades\",\"symbol\":\"BTCUSDT\","
                        + "\"category\":\"linear\",\"count\":90,"
                        + "\"synthetic\":true}");
        assertThat(messages.get(11).path("last_update_id").asLong()).isEqualTo(6);
        assertThat(messages.get(11).path("snapshot").asBoolean()).isTrue();
        assertThat(other.take()).isEmpty();
    }

    @Test
    void tradesCarryTheSide() throws Exception {
        FakeSink sink = rig.join("trades", null);
        sink.take();
        rig.market.trade(trade(SYMBOL, 1));

        assertThat(sink.take().get(0).path("side").asText()).isEqualTo(Side.BUY.toString());
    }
}
