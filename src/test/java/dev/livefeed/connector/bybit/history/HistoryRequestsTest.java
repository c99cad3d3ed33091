package dev.livefeed.connector.bybit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.history.HistoryRequests;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies to history commands, on a simulated clock and network. */
class HistoryRequestsTest {

    private static final long MINUTE = 60_000;
    private static final Pattern RANGE = Pattern.compile(".*&start=(\\d+)&end=(\\d+)&limit=(\\d+)");

    private final FeedHarness feed = FeedHarness.open();
    private final long now = feed.time.micros() / 1_000 / MINUTE * MINUTE;

    @Test
    void candlesComePageByPageOldestFirst() {
        ask("kline.1m", now - 2_500 * MINUTE, now, "h-1");

        List<URI> pages = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            pages.add(serve());
        }
        drain();

        List<Kline> candles = candles();
        assertThat(candles)
                .hasSize(2_500)
                .allMatch(Kline::closed)
                .extracting(candle -> candle.startMicros() / 1_000)
                .isSorted()
                .startsWith(now - 2_500 * MINUTE)
                .endsWith(now - MINUTE);
        assertThat(pages).allSatisfy(page -> assertThat(page.toString())
                .contains("/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&"));
        assertThat(done()).satisfies(done -> {
            assertThat(done.id()).isEqualTo("h-1");
            assertThat(done.channel()).isEqualTo("kline.1m");
            assertThat(done.symbol()).isEqualTo("BTCUSDT");
            assertThat(done.reason()).isNull();
            assertThat(done.details())
                    .containsEntry("category", "linear")
                    .containsEntry("count", 2_500)
                    .containsEntry("complete", true)
                    .containsEntry("from", text(now - 2_500 * MINUTE))
                    .containsEntry("to", text(now));
        });
        assertThat(feed.lines.events()).last().isInstanceOf(Status.class);
    }

    @Test
    void whatIsNotFinalYetIsNoHistory() {
        feed.time.advance(Duration.ofMillis(now + MINUTE + 4_000 - feed.time.micros() / 1_000));
        ask("kline.1m", now - 10 * MINUTE, now + 10 * MINUTE, "h-1");

        serve();
        drain();

        // The minute that ended 4 s ago may still get a trade.
        assertThat(candles()).hasSize(10).last().satisfies(candle -> assertThat(candle.startMicros() / 1_000)
                .isEqualTo(now - MINUTE));
        assertThat(done().nothingMissing()).isTrue();
        assertThat(done().details()).containsEntry("to", text(now));
    }

    @Test
    void whatMayPassIsAskedAgainLaterAndLater() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");

        answer(503, "", null);
        feed.pass(Duration.ofMillis(450));
        assertThat(requests()).isEmpty();
        feed.pass(Duration.ofMillis(100));
        answer(503, "", "3");
        feed.pass(Duration.ofMillis(2_900));
        assertThat(requests()).isEmpty();
        feed.pass(Duration.ofMillis(200));
        serve();
        drain();

        assertThat(candles()).hasSize(10);
        assertThat(done().nothingMissing()).isTrue();
    }

    @Test
    void afterFiveFailuresItIsGivenUpAndTheVenueLeftAlone() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        int asked = 0;
        for (; asked < 20 && dones().isEmpty(); asked++) {
            answer(503, "", null);
            for (int i = 0; i < 100 && requests().isEmpty() && dones().isEmpty(); i++) {
                feed.pass(Duration.ofSeconds(1));
            }
        }

        assertThat(asked).isEqualTo(HistoryRequests.ATTEMPTS);
        assertThat(done().nothingMissing()).isFalse();
        assertThat(done().reason()).isEqualTo("HTTP 503");
        assertThat(feed.feed.figures()).containsEntry("history_circuit", "open").containsEntry("history_open", 0);

        ask("kline.1m", now - 10 * MINUTE, now, "h-2");
        feed.pass(Duration.ofMillis(HistoryRequests.CIRCUIT_MILLIS - 3_000));
        assertThat(requests()).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("history_open", 1);
        feed.pass(Duration.ofSeconds(4));
        serve();
        drain();
        assertThat(feed.feed.figures()).containsEntry("history_circuit", "closed");
    }

    @Test
    void whatTheVenueRefusesIsNotAskedAgain() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");

        answer(200, "{\"retCode\":10001,\"retMsg\":\"symbol invalid\"}", null);
        drain();

        assertThat(done().reason()).isEqualTo("retCode 10001: symbol invalid");
        assertThat(done().nothingMissing()).isFalse();
        assertThat(requests()).isEmpty();
    }

    @Test
    void whoIsNotServedAsksNoMore() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        answer(451, "", null);
        drain();
        ask("kline.1d", now - 1_440 * 10 * MINUTE, now, "h-2");
        drain();

        assertThat(requests()).isEmpty();
        assertThat(dones()).extracting(Status::id).containsExactly("h-1", "h-2");
        assertThat(dones())
                .allSatisfy(done -> assertThat(done.reason()).isEqualTo("HTTP 451: not served in this region"));
    }

    @Test
    void pagesThatCameBeforeAFailureAreSent() {
        ask("kline.1m", now - 1_500 * MINUTE, now, "h-1");
        serve();
        answer(200, "{\"retCode\":10001,\"retMsg\":\"no\"}", null);
        drain();

        assertThat(candles()).hasSize(1_000);
        assertThat(done().nothingMissing()).isFalse();
        assertThat(done().details()).containsEntry("count", 1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[\"%d\",\"100\",\"90\",\"110\",\"100\",\"1\",\"100\"]]|a row of kline is not a candle",
                "[[\"%d\",\"100\",\"110\",\"90\"]]|a row of kline is not a candle",
                "[[\"1\",\"100\",\"110\",\"90\",\"100\",\"1\",\"100\"]]|that was not requested",
                "[7]|a row of kline is not a list: 7",
                "[{\"a\":[1]},null]|a row of kline is not a list",
                "[[\"%d\",\"1\",\"1\",\"1\",\"1\",\"1\",\"-1\"]]|a row of kline is not a candle",
                "[[\"%d\",\"1\",\"1\",\"1\",\"1\",\"1\",{}]]|a row of kline is not a candle",
                "{}|has no list"
            })
    void rowsThatAreNoCandlesAreNotSent(String rows, String reason) {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        String body = "{\"retCode\":0,\"result\":{\"list\":" + String.format(rows, now - 10 * MINUTE) + "},\"time\":"
                + now + "}";
        untilDone(body);

        assertThat(done().reason()).contains(reason);
        assertThat(candles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|a row of kline is not a list: 7|form",
                "{\"start\":[1]}|a row of kline is not a list|form",
                "[\"%2$d\",\"1\",\"1\",\"1\",\"1\"]|a row of kline is not a candle|number",
                "[\"%2$d\",\"1\",\"1\",\"1\",\"1\",\"12345678901234567890\",\"1\"]|is not a candle|number",
                "[\"%2$d\",\"100\",\"90\",\"110\",\"100\",\"1\",\"1\"]|a row of kline is not a candle|prices",
                "[\"soon\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]|a row of kline is not a candle|time",
                "[\"60000\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]|that was not requested|time",
                "[\"%1$d\",\"2\",\"2\",\"2\",\"2\",\"1\",\"1\"]|two candles of the same time|time"
            })
    void aRowThatIsNoCandleCostsOnlyItself(String row, String cause, String reason) {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        String good = "[\"%d\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]";
        String body = "{\"retCode\":0,\"result\":{\"list\":["
                + String.format(good, now - 10 * MINUTE) + ','
                + String.format(row, now - 10 * MINUTE, now - 8 * MINUTE) + ','
                + String.format(good, now - 9 * MINUTE)
                + "]},\"time\":" + now + "}";
        untilDone(body);

        assertThat(candles()).hasSize(2);
        assertThat(done().nothingMissing()).isFalse();
        assertThat(done().reason()).startsWith("1 rows could not be read").contains(cause);
        assertThat(feed.feed.figures())
                .containsEntry("unreadable_rows", 1L)
                .containsEntry("unreadable_rows_" + reason, 1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"symbol\":\"ETHUSDT\",%s|\"ETHUSDT\"",
                "%s,\"symbol\":\"btcusdt\"|\"btcusdt\"",
                "\"symbol\":\"BTCUSDTX\",%s|\"BTCUSDTX\"",
                "\"symbol\":7,%s|\"7\"",
                "\"symbol\":{\"list\":[]},%s|an object"
            })
    void candlesOfAnotherSymbolThanTheRequestAreNotUsed(String result, String shown) {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        String row = "[[\"" + (now - MINUTE) + "\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]]";
        String body =
                "{\"retCode\":0,\"result\":{" + result.replace("%s", "\"list\":" + row) + "},\"time\":" + now + "}";
        answer(200, body, null);
        serve();
        drain();

        assertThat(candles()).as("of the second answer").hasSize(10);
        assertThat(feed.feed.figures())
                .containsEntry("unreadable_rows", 1L)
                .containsEntry("unreadable_rows_symbol", 1L);

        feed.lines.next();
        ask("kline.1m", now - 10 * MINUTE, now, "h-2");
        untilDone(body);
        assertThat(candles()).isEmpty();
        assertThat(done().nothingMissing()).isFalse();
        assertThat(done().reason()).isEqualTo("symbol is " + shown + ", must be BTCUSDT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"symbol\":\"BTCUSDT\",", "\"symbol\":\"\",", "\"symbol\":null,", ""})
    void candlesOfTheSymbolThatWasAskedForOrOfNoneAreUsed(String symbol) {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        String row = "[\"" + (now - 5 * MINUTE) + "\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]";
        answer(200, "{\"retCode\":0,\"result\":{" + symbol + "\"list\":[" + row + "]},\"time\":" + now + "}", null);
        drain();

        assertThat(candles()).hasSize(1);
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows", 0L);
    }

    @Test
    void rowsOfAnAnswerWithoutAnyCandleAreCounted() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        answer(200, "{\"retCode\":0,\"result\":{\"list\":[7,8]},\"time\":" + now + "}", null);
        answer(200, "{\"retCode\":0", null);
        serve();
        drain();

        assertThat(candles()).hasSize(10);
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows_form", 2L);
    }

    @Test
    void anAnswerThatIsTooLongIsNotSent() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        String row = "[\"" + (now - MINUTE) + "\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]";
        String body =
                "{\"retCode\":0,\"result\":{\"list\":" + Collections.nCopies(1_001, row) + "},\"time\":" + now + "}";
        untilDone(body);

        assertThat(done().reason()).contains("no list of at most 1000");
        assertThat(candles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"retCode\":0", "{\"retCode\":0,\"result\":{\"list\":[[\"1\",\"2", "<html>", "[]", "null"})
    void anAnswerThatIsCutIsAskedForAgain(String cut) {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");

        answer(200, cut, null);
        serve();
        drain();

        assertThat(candles()).hasSize(10);
        assertThat(done().nothingMissing()).isTrue();
    }

    @Test
    void tooManyRequestsAreWaitedForAsLongAsTheVenueWants() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");

        answer(429, "", "20");
        feed.pass(Duration.ofMillis(19_800));
        assertThat(requests()).isEmpty();
        feed.pass(Duration.ofMillis(500));
        serve();
        drain();

        assertThat(done().nothingMissing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "kline.1m, 0, 1", // shorter than a candle
        "kline.1m, 60001, 119999",
        "kline.1d, 7000000000000, 7000086400000", // a day far in the future
        "kline.1d, 9223372036854000, 9223372036854775", // the latest representable time
        "trades, 7000000000000, 9223372036854775",
        "trades, 0, 1"
    })
    void aTimeWithoutEventsIsAnsweredAtOnce(String channel, long from, long to) {
        ask(channel, from, to, "h-1");
        if (!requests().isEmpty()) {
            answer(200, "{\"retCode\":0,\"result\":{\"list\":[]},\"time\":" + feed.time.micros() / 1_000 + "}", null);
        }
        drain();

        assertThat(done().details()).containsEntry("count", 0).containsEntry("complete", true);
        assertThat(Instant.parse((String) done().details().get("to")))
                .isBetween(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
        assertThat(requests()).isEmpty();
    }

    @Test
    void allTimeIsRefusedWithoutAskingTheVenue() {
        ask("kline.1m", 0, 9_223_372_036_854_775L, "h-1");
        ask("kline.1d", 0, 9_223_372_036_854_775L, "h-2");

        assertThat(feed.lines.failures()).hasSize(2).allSatisfy(failure -> assertThat(failure.error())
                .contains("must have at most 50000"));
        assertThat(requests()).isEmpty();
    }

    @Test
    void commandsWaitInALineThatIsNotEndless() {
        for (int i = 0; i <= 100; i++) {
            command("kline.1m", "S" + i + "USDT", "linear", now - MINUTE, now, "h-" + i);
        }

        assertThat(feed.lines.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("h-100");
            assertThat(failure.code()).isEqualTo("refused");
        });
        assertThat(requests()).as("one at a time").hasSize(1);
        for (int i = 0; i < 100; i++) {
            serve();
        }
        drain();
        assertThat(dones()).hasSize(100).allMatch(HistoryDone::complete);
    }

    @Test
    void tradesReachBackAsFarAsTheVenueTells() {
        ask("trades", now - 60 * MINUTE, now, "h-1");
        long oldest = now - 10 * MINUTE;
        answer(200, trades(1_000, oldest), null);
        drain();

        assertThat(history(Trade.class))
                .hasSize(1_000)
                .extracting(Trade::timestampMicros)
                .isSorted();
        assertThat(done().nothingMissing()).isFalse();
        assertThat(done().reason()).contains("only its last 1000 trades", text(oldest));
        assertThat(feed.lines.trades()).isEmpty();
    }

    @Test
    void tradesOfATimeThatTheVenueTellsAreComplete() {
        long oldest = now - 10 * MINUTE;
        ask("trades", oldest + 100, oldest + 200, "h-1");
        answer(200, trades(1_000, oldest), null);
        drain();

        assertThat(history(Trade.class)).hasSize(100);
        assertThat(done().nothingMissing()).isTrue();
    }

    @Test
    void whatCannotBeHadIsRefusedWithTheIdOfTheCommand() {
        ask("ticker", now - MINUTE, now, "a");
        ask("kline.1M", now - MINUTE, now, "b");
        ask("kline.1m", now - 60_000 * MINUTE, now, "c");
        command("kline.1m", "BTC-1JAN27-1-C", "option", now - MINUTE, now, "d");
        command("kline.1m", "BTCUSDT", "futures", now - MINUTE, now, "e");
        ask("kline.1m", now - MINUTE, now, "f");
        ask("kline.1m", now - 2 * MINUTE, now, "g");

        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("a", "b", "c", "d", "e", "g");
        assertThat(feed.lines.failures())
                .extracting(Failure::code)
                .containsExactly("unsupported", "unsupported", "refused", "unsupported", "refused", "refused");
    }

    @Test
    void historyWaitsForTheReaderAndLiveTradesDoNotWaitForHistory() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "s-1");
        feed.accept();
        settleTrades();
        feed.lines.next();
        ask("kline.1m", now - 1_000 * MINUTE, now, "h-1");
        feed.lines.block();
        serve();
        List<String> live = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            live.add("live-" + i);
            feed.receive(feed.trade("BTCUSDT", "live-" + i));
            feed.answerPings(Duration.ofMillis(50));
        }
        int waiting = (int) feed.outbox.figures().get("output_waiting_bytes");
        feed.lines.unblock();
        feed.outbox.drained();
        List<Event> first = feed.lines.next();
        long early = first.stream().filter(HistoryEvent.class::isInstance).count();
        for (int i = 40; i < 300; i++) {
            live.add("live-" + i);
            feed.receive(feed.trade("BTCUSDT", "live-" + i));
            feed.answerPings(Duration.ofMillis(50));
        }
        drain();

        assertThat(early).as("almost nothing is written without a reader").isLessThan(5);
        assertThat(waiting).isLessThan(20_000);
        List<Event> all =
                Stream.concat(first.stream(), feed.lines.events().stream()).toList();
        assertThat(all.stream().filter(Trade.class::isInstance).map(event -> ((Trade) event).id()))
                .containsExactlyElementsOf(live);
        assertThat(all.stream().filter(HistoryEvent.class::isInstance)).hasSize(1_000);
        assertThat(feed.outbox.figures()).containsEntry("trades_lost", 0L);
    }

    @Test
    void theStopEndsIt() {
        ask("kline.1m", now - 10 * MINUTE, now, "h-1");
        ask("kline.1h", now - 600 * MINUTE, now, "h-2");

        feed.feed.stop();
        feed.outbox.flush();

        assertThat(dones()).hasSize(2).allSatisfy(done -> {
            assertThat(done.nothingMissing()).isFalse();
            assertThat(done.reason()).isEqualTo("the connector was stopped");
        });
    }

    /** The venue has no trades before the subscription, so live trades are not held. */
    private void settleTrades() {
        for (int i = 0; i < 20; i++) {
            for (int requestId : List.copyOf(feed.network.tradeRequests.keySet())) {
                feed.network.tradeRequests.remove(requestId);
                byte[] none = "{\"retCode\":0,\"result\":{\"list\":[]}}".getBytes(StandardCharsets.UTF_8);
                feed.feed.answered(requestId, new HttpAnswer(200, 0, none));
            }
            feed.answerPings(Duration.ofMillis(500));
        }
    }

    private void ask(String channel, long from, long to, String id) {
        command(channel, "BTCUSDT", null, from, to, id);
    }

    private void command(String channel, String symbol, String category, long from, long to, String id) {
        feed.command(
                new Command(Kind.HISTORY, channel, symbol, category, id, -1, List.of(), new Command.Range(from, to)));
        feed.pass(Duration.ofMillis(50));
    }

    /** Unanswered requests for candles and trades. */
    private Map<Integer, URI> requests() {
        Map<Integer, URI> requests = new LinkedHashMap<>(feed.network.tradeRequests);
        feed.network.otherRequests.forEach((request, uri) -> {
            if (uri.getPath().endsWith("/kline")) {
                requests.put(request, uri);
            }
        });
        return requests;
    }

    /** The venue repeats the same response. */
    private void untilDone(String body) {
        for (int i = 0; i < 500 && dones().isEmpty(); i++) {
            if (!requests().isEmpty()) {
                answer(200, body, null);
            }
            feed.pass(Duration.ofSeconds(1));
        }
    }

    /** Answers the next request, which is sent after everything before it was written. */
    private URI answer(int status, String body, String retryAfter) {
        for (int i = 0; i < 2_000 && requests().isEmpty(); i++) {
            feed.pass(Duration.ofMillis(50));
        }
        Map.Entry<Integer, URI> requestId = requests().entrySet().iterator().next();
        feed.network.tradeRequests.remove(requestId.getKey());
        feed.network.otherRequests.remove(requestId.getKey());
        feed.feed.answered(
                requestId.getKey(), new HttpAnswer(status, 0, retryAfter, body.getBytes(StandardCharsets.UTF_8)));
        return requestId.getValue();
    }

    private URI serve() {
        for (int i = 0; i < 2_000 && requests().isEmpty(); i++) {
            feed.pass(Duration.ofMillis(50));
        }
        String requestId = requests().values().iterator().next().toString();
        Matcher range = RANGE.matcher(requestId);
        assertThat(range.matches()).isTrue();
        List<String> rows = new ArrayList<>();
        for (long at = Long.parseLong(range.group(1)); at <= Long.parseLong(range.group(2)); at += MINUTE) {
            rows.add("[\"" + at + "\",\"80000\",\"80001\",\"79999\",\"80000\",\"2\",\"160000\"]");
        }
        assertThat(rows).hasSizeLessThanOrEqualTo(Integer.parseInt(range.group(3)));
        Collections.reverse(rows);
        return answer(
                200,
                "{\"retCode\":0,\"result\":{\"list\":" + rows + "},\"time\":" + feed.time.micros() / 1_000 + "}",
                null);
    }

    /** One trade per millisecond. */
    private static String trades(int count, long oldest) {
        List<String> rows = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            rows.add("{\"execId\":\"t-" + i + "\",\"symbol\":\"BTCUSDT\",\"price\":\"80000\",\"size\":\"1\",\"side\":"
                    + "\"Buy\",\"time\":\"" + (oldest + i) + "\",\"isBlockTrade\":false}");
        }
        return "{\"retCode\":0,\"result\":{\"list\":" + rows + "}}";
    }

    private void drain() {
        for (int i = 0; i < 2_000 && (int) feed.feed.figures().get("history_open") > 0; i++) {
            feed.pass(Duration.ofMillis(50));
        }
    }

    private <T extends Event> List<T> history(Class<T> type) {
        return feed.lines.of(HistoryEvent.class).stream()
                .map(HistoryEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<Kline> candles() {
        return history(Kline.class);
    }

    private List<HistoryDone> dones() {
        return feed.lines.of(HistoryDone.class);
    }

    private HistoryDone done() {
        assertThat(dones()).hasSize(1);
        return dones().get(0);
    }

    private static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
