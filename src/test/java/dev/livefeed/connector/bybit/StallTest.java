package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that answers pings and carries no data is replaced only if REST shows that data is missing. */
class StallTest {

    private final FeedHarness feed = FeedHarness.open();
    /** Time of the last data of the stream, in milliseconds. */
    private long lastData;

    @Test
    void aQuietMarketKeepsItsConnectionAndIsCheckedEverMoreSlowly() {
        busy(true, true);
        quiet(Duration.ofSeconds(280), () -> trades(""), this::sameBook);

        assertThat(feed.network.closed).isEmpty();
        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).isEmpty();
        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
        assertThat(figure("stall_checks")).isBetween(4L, 6L);
        assertThat(figure("stalled_connections")).isZero();
    }

    @Test
    void aStalledConnectionIsReplacedBecauseRestHasANewerTradeWhichIsDelivered() {
        busy(true, false);
        String missed =
                "{\"execId\":\"missed\",\"symbol\":\"BTCUSDT\",\"price\":\"100\",\"size\":\"1\",\"side\":\"Buy\","
                        + "\"time\":\""
                        + (feed.time.micros() / 1_000 + 3_000) + "\",\"isBlockTrade\":false}";
        quiet(Duration.ofSeconds(16), () -> trades(missed), this::sameBook);

        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).singleElement().satisfies(down -> assertThat(
                        down.reason())
                .contains("though pings are answered: REST has a trade of BTCUSDT at ")
                .contains("that publicTrade.BTCUSDT does not have"));
        assertThat(figure("stalled_connections")).isEqualTo(1);

        feed.connect();
        feed.accept();
        quiet(Duration.ofSeconds(3), () -> trades(missed), this::sameBook);
        assertThat(feed.lines.trades()).extracting(Trade::id).contains("missed");
    }

    @Test
    void aStalledConnectionOfBooksIsReplacedBecauseTheBestPriceHasChanged() {
        busy(false, true);
        quiet(Duration.ofSeconds(16), () -> trades(""), () -> book("99.0", 10_000));

        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).singleElement().satisfies(down -> assertThat(
                        down.reason())
                .contains("REST has a newer best price than " + FeedHarness.BOOK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ETHUSDT\"", "\"btcusdt\"", "7", "[]"})
    void theBookOfAnotherSymbolIsNoEvidence(String symbol) {
        busy(false, true);
        quiet(Duration.ofSeconds(25), () -> trades(""), () -> book("99.0", 10_000)
                .replace("\"s\":\"BTCUSDT\"", "\"s\":" + symbol));

        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).isEmpty();
        assertThat(figure("unreadable_rows_symbol")).isPositive();
        assertThat(feed.lines.statuses(Resyncing.STATUS))
                .as("the answer shows nothing, so the connection is tried")
                .extracting(Status::reason)
                .containsExactly("no data on its connection, and REST cannot show whether there is any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"s\":null,", "\"s\":\"\","})
    void aBookWithoutSymbolIsThatOfTheRequest(String symbol) {
        busy(false, true);
        quiet(Duration.ofSeconds(16), () -> trades(""), () -> book("99.0", 10_000)
                .replace("\"s\":\"BTCUSDT\",", symbol));

        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).hasSize(1);
        assertThat(figure("unreadable_rows")).isZero();
    }

    @Test
    void tradesOfAnotherSymbolDoNotShowThatTheMarketIsQuiet() {
        busy(true, false);
        quiet(
                Duration.ofSeconds(40),
                () -> trades("{\"execId\":\"x\",\"symbol\":\"ETHUSDT\",\"price\":\"1\",\"size\":\"1\",\"side\":\"Buy\","
                        + "\"time\":\"" + feed.time.micros() / 1_000 + "\"}"),
                this::sameBook);

        assertThat(figure("unreadable_rows_symbol")).isPositive();
        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).singleElement().satisfies(down -> assertThat(
                        down.reason())
                .contains("no snapshot of orderbook.1.BTCUSDT came within"));
    }

    @Test
    void anOlderAnswerOfRestIsNoEvidence() {
        busy(false, true);
        quiet(Duration.ofMinutes(2), () -> trades(""), () -> book("99.0", -1_000));

        assertThat(feed.network.closed).isEmpty();
    }

    @Test
    void withoutAnAnswerABookIsSubscribedAgainWhichShowsWhetherTheConnectionCarriesData() {
        busy(false, true);
        feed.network.sent();
        quiet(Duration.ofSeconds(25), () -> null, () -> null);

        assertThat(feed.network.closed).isEmpty();
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("\"unsubscribe\""));
        assertThat(feed.lines.statuses(Resyncing.STATUS))
                .extracting(Status::reason)
                .containsExactly("no data on its connection, and REST cannot show whether there is any");
    }

    @Test
    void withoutRestAStalledConnectionOfTradesIsNoticedByTheSnapshotsThatDoNotCome() {
        FeedHarness harness = withoutRest();
        for (int i = 0; i < 60 && harness.network.opened.size() == 1; i++) {
            harness.answerPings(Duration.ofMillis(500));
            harness.network.sent();
        }

        assertThat(harness.network.opened).hasSize(2);
        assertThat(harness.lines.statuses(ConnectionDown.STATUS))
                .singleElement()
                .satisfies(down -> assertThat(down.reason())
                        .contains("though pings are answered: no snapshot of orderbook.1.BTCUSDT came within"));
        harness.connect();
        harness.accept();
        harness.receive(harness.trade("BTCUSDT", "new"));
        assertThat(harness.lines.statuses(Gap.STATUS))
                .as("what was missed is reported")
                .hasSize(1);
    }

    @Test
    void withoutRestAQuietConnectionOfTradesIsKeptAndNothingOfTheProbeIsDelivered() {
        FeedHarness harness = withoutRest();
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            harness.answerPings(Duration.ofMillis(500));
            for (String text : harness.network.sent()) {
                requests.add(text.replaceAll("\"req_id\":\"[^\"]*\",", ""));
                harness.accept(text);
                if (text.contains("\"subscribe\"")) {
                    harness.receive(harness.book("orderbook.1.BTCUSDT", "snapshot", i, "[\"1\",\"1\"]", ""));
                    harness.receive(harness.book("orderbook.1.BTCUSDT", "delta", i + 1, "[\"1\",\"2\"]", ""));
                }
            }
        }

        assertThat(harness.network.opened).hasSize(1);
        assertThat(harness.lines.depths()).isEmpty();
        assertThat(harness.lines.statuses(Subscribed.STATUS)).isEmpty();
        assertThat(harness.lines.failures()).isEmpty();
        assertThat(harness.feed.figures()).containsEntry("unknown_topic_frames", 0L);
        assertThat(requests)
                .hasSizeBetween(10, 20)
                .startsWith(
                        "{\"op\":\"subscribe\",\"args\":[\"orderbook.1.BTCUSDT\"]}",
                        "{\"op\":\"unsubscribe\",\"args\":[\"orderbook.1.BTCUSDT\"]}");
    }

    @Test
    void framesOfTheProbeAreNotUnknownOnlyUntilItIsUnsubscribed() {
        FeedHarness harness = withoutRest();
        harness.accept(probe(harness));
        harness.receive(harness.book("orderbook.1.ETHUSDT", "snapshot", 1, "[\"1\",\"1\"]", ""));
        assertThat(harness.feed.figures()).as("not of the probe").containsEntry("unknown_topic_frames", 1L);
        harness.receive(harness.book("orderbook.1.BTCUSDT", "snapshot", 1, "[\"1\",\"1\"]", ""));
        assertThat(harness.accept()).singleElement().asString().contains("\"unsubscribe\"");
        assertThat(harness.feed.figures()).containsEntry("unknown_topic_frames", 1L);

        harness.receive(harness.book("orderbook.1.BTCUSDT", "delta", 2, "[\"1\",\"2\"]", ""));
        harness.receive(harness.trade("ETHUSDT", "t-1"));

        assertThat(harness.feed.figures()).containsEntry("unknown_topic_frames", 3L);
    }

    @Test
    void framesOfAProbeWhoseUnsubscribeIsNotAnsweredAreUnknownAfterAWhile() {
        FeedHarness harness = withoutRest();
        harness.accept(probe(harness));
        harness.receive(harness.book("orderbook.1.BTCUSDT", "snapshot", 1, "[\"1\",\"1\"]", ""));
        for (int i = 0; i < 40; i++) {
            harness.answerPings(Duration.ofMillis(500));
            harness.receive(harness.trade("BTCUSDT", "u-" + i));
        }
        harness.receive(harness.book("orderbook.1.BTCUSDT", "delta", 2, "[\"1\",\"2\"]", ""));

        assertThat(harness.feed.figures()).containsEntry("unknown_topic_frames", 1L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusedProbeIsNotChargedToAnotherRequest(boolean beforeTheOther) {
        FeedHarness harness = withoutRest("BYBIT_CATEGORY", "spot");
        String probe = probe(harness);
        if (beforeTheOther) {
            harness.receive(refusal("subscribe", "orderbook.1.BTCUSDT"));
        }
        harness.command(Kind.SUBSCRIBE, "trades", "ETHUSDT", "c-2");
        String other = harness.network.sent().get(0);
        if (!beforeTheOther) {
            harness.receive(refusal("subscribe", "orderbook.1.BTCUSDT"));
        }
        assertThat(harness.lines.failures()).isEmpty();
        harness.accept(other);

        assertThat(probe).contains("orderbook.1.BTCUSDT");
        assertThat(harness.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-2");
        assertThat(harness.feed.figures()).containsEntry("topics_refused", 0L);
        harness.answerPings(Duration.ofSeconds(20));
        assertThat(harness.network.opened)
                .as("the venue answers, so the connection has not stalled")
                .hasSize(1);
    }

    @Test
    void whatARefusedProbeDidNotNameIsSubscribedAgain() {
        FeedHarness harness = FeedHarness.open("BYBIT_CATEGORY", "spot", "BYBIT_WS_BASE_URL", "ws://somewhere");
        harness.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        harness.command(Kind.SUBSCRIBE, "trades", "ETHUSDT", "c-2");
        busy(harness);
        assertThat(probe(harness)).contains("orderbook.1.ETHUSDT", "orderbook.1.BTCUSDT");

        harness.receive(refusal("subscribe", "orderbook.1.BTCUSDT"));

        assertThat(harness.network.sent())
                .singleElement()
                .asString()
                .contains("\"subscribe\",\"args\":[\"orderbook.1.ETHUSDT\"]");
    }

    @Test
    void aRefusalOfTheSameBookThatTheUserWantsIsHis() {
        FeedHarness harness = withoutRest("BYBIT_CATEGORY", "spot");
        probe(harness);
        harness.command(Kind.SUBSCRIBE, "depth.1", "BTCUSDT", "c-2");
        harness.receive(refusal("subscribe", "orderbook.1.BTCUSDT"));
        assertThat(harness.lines.failures())
                .as("the first is that to the probe")
                .isEmpty();

        harness.receive(refusal("subscribe", "orderbook.1.BTCUSDT"));
        assertThat(harness.lines.failures()).extracting(Failure::id).containsExactly("c-2");
    }

    /** As on spot: without a request id. */
    private static String refusal(String op, String topic) {
        return "{\"success\":false,\"ret_msg\":\"error:handler not found,topic:" + topic
                + "\",\"conn_id\":\"x\",\"req_id\":\"\",\"op\":\"" + op + "\"}";
    }

    /** Waits for the request of the probe. */
    private static String probe(FeedHarness harness) {
        for (int i = 0; i < 100; i++) {
            harness.answerPings(Duration.ofMillis(500));
            List<String> sent = harness.network.sent();
            if (!sent.isEmpty()) {
                return sent.get(0);
            }
        }
        throw new AssertionError("no probe");
    }

    @Test
    void aBookThatIsWantedDuringTheProbeStaysSubscribed() {
        FeedHarness harness = withoutRest();
        List<String> requests = new ArrayList<>();
        while (requests.isEmpty()) {
            harness.answerPings(Duration.ofMillis(500));
            requests.addAll(harness.network.sent());
        }
        harness.accept(requests.get(0));
        harness.command(Kind.SUBSCRIBE, "depth.1", "BTCUSDT", "c-2");
        harness.accept();
        harness.receive(harness.book("orderbook.1.BTCUSDT", "snapshot", 1, "[\"1\",\"1\"]", "[\"2\",\"1\"]"));
        for (int i = 2; i < 300; i++) {
            harness.answerPings(Duration.ofMillis(500));
            requests.addAll(harness.network.sent());
            harness.receive(harness.book("orderbook.1.BTCUSDT", "snapshot", i, "[\"1\",\"1\"]", "[\"2\",\"1\"]"));
        }

        assertThat(harness.lines.depths()).hasSizeGreaterThan(200);
        assertThat(requests).noneMatch(text -> text.contains("\"unsubscribe\""));
        assertThat(harness.network.opened).hasSize(1);
    }

    @Test
    void withoutRestAHaltedMarketIsNotReconnectedWithoutEnd() {
        FeedHarness harness = withoutRest();
        int handled = 1;
        for (int i = 0; i < 7_200; i++) {
            harness.answerPings(Duration.ofMillis(500));
            harness.accept();
            if (harness.network.opened.size() > handled) {
                handled++;
                harness.connect();
            }
        }

        assertThat(harness.network.opened)
                .as("in an hour: after 10 s, 1, 3, 7, 15, 31 minutes")
                .hasSizeBetween(5, 8);
    }

    /** A connection with trades only, of which one came each 50 ms for 15 s. */
    private static FeedHarness withoutRest(String... environment) {
        FeedHarness harness =
                FeedHarness.open(Stream.concat(Stream.of("BYBIT_WS_BASE_URL", "ws://somewhere"), Stream.of(environment))
                        .toArray(String[]::new));
        harness.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        busy(harness);
        return harness;
    }

    private static void busy(FeedHarness harness) {
        harness.accept();
        for (int i = 1; i <= 300; i++) {
            harness.answerPings(Duration.ofMillis(50));
            harness.receive(harness.trade("BTCUSDT", "t-" + i));
        }
        harness.lines.next();
        harness.network.sent();
    }

    /** Data each 50 ms for 15 s, so that a silence of 10 s is unusual. */
    private void busy(boolean trades, boolean book) {
        if (trades) {
            feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        }
        if (book) {
            feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-2");
        }
        feed.accept();
        feed.snapshot(100);
        for (int i = 1; i <= 300; i++) {
            step(() -> trades(""), this::sameBook);
            lastData = feed.time.micros() / 1_000;
            if (trades) {
                feed.receive(feed.trade("BTCUSDT", "t-" + i));
            }
            if (book) {
                feed.delta(100 + i, "[\"99.5\",\"" + i + "\"]", "");
            }
        }
        feed.lines.next();
    }

    private void quiet(Duration duration, Supplier<String> trades, Supplier<String> book) {
        for (long left = duration.toMillis(); left > 0; left -= 50) {
            step(trades, book);
        }
    }

    /** One tick; pings and REST are answered, null means with an error. */
    private void step(Supplier<String> trades, Supplier<String> book) {
        feed.answerPings(Duration.ofMillis(50));
        for (int request : List.copyOf(feed.network.tradeRequests.keySet())) {
            feed.network.tradeRequests.remove(request);
            answer(request, trades.get());
        }
        for (Map.Entry<Integer, URI> request : List.copyOf(feed.network.otherRequests.entrySet())) {
            if (request.getValue().getPath().endsWith("/orderbook")) {
                feed.network.otherRequests.remove(request.getKey());
                answer(request.getKey(), book.get());
            }
        }
        feed.outbox.flush();
    }

    private void answer(int request, String body) {
        if (body == null) {
            feed.feed.unanswered(request, "no route");
        } else {
            feed.feed.answered(request, new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String trades(String rows) {
        return "{\"retCode\":0,\"result\":{\"list\":[" + rows + "]}}";
    }

    private String sameBook() {
        return "{\"retCode\":0,\"result\":{\"s\":\"BTCUSDT\",\"b\":[[\"100.0\",\"1\"]],\"a\":[[\"100.5\",\"3\"]],"
                + "\"u\":9,\"seq\":99,\"cts\":"
                + feed.time.micros() / 1_000 + "}}";
    }

    private String book(String bid, long laterMillis) {
        long millis = lastData + laterMillis;
        return "{\"retCode\":0,\"result\":{\"s\":\"BTCUSDT\",\"b\":[[\"" + bid
                + "\",\"1\"]],\"a\":[[\"100.5\",\"3\"]],\"u\":9,\"seq\":99,\"cts\":" + millis + "}}";
    }

    private long figure(String name) {
        return (Long) feed.feed.figures().get(name);
    }
}
