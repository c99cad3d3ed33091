package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A contract ends while trades of it may be missing: each of them is fetched or lies in a gap of the contract. */
class EndedContractTest {

    private static final String ENDING = "BTC-27NOV26-70000-C";
    private static final String OTHER = "BTC-25DEC26-90000-C";
    private static final String UNLISTED = "BTC-26MAR27-1-C";
    private static final String COIN = "BTC";
    private static final String ENDED = "it has ended: the venue does not list it any more; it was delivered at ";
    private static final String BEYOND_REST = "the missing trades go back further than REST";

    private final Map<String, Long> listed = new LinkedHashMap<>();
    private FeedHarness feed;
    private long start;

    @BeforeEach
    void list() {
        feed = FeedHarness.open("BYBIT_CATEGORY", "option");
        feed.answersInstrumentLists = true;
        start = feed.time.micros();
        listed.put(ENDING, start / 1_000 + 3_000);
        listed.put(OTHER, start / 1_000 + 86_400_000);
    }

    @Test
    void aContractThatResumesEarlierThanItsCoinHasAGapUpToThere() {
        subscribe(follow(ENDING, 60), follow(COIN, 5));
        feed.accept();
        feed.answerPings(Duration.ofMillis(100));

        end();
        assertThat(gaps()).containsExactly(tuple(ENDING, at(60), at(5)));
        assertThat(reasons()).singleElement().asString().startsWith(ENDED);

        trade(OTHER, "t-9");
        answer(
                "baseCoin=BTC",
                row(OTHER, "t-9", feed.time.micros()),
                row(ENDING, "t-2", ago(4)),
                row(OTHER, "t-1", ago(6)));
        assertThat(ids()).as("the coin goes on").containsExactly("t-2", "t-9");
        assertThat(gaps()).as("announced once").hasSize(1);
    }

    @Test
    void soItHasBeforeTheTopicIsAccepted() {
        subscribe(follow(ENDING, 60), follow(COIN, 5));
        end();
        assertThat(gaps()).containsExactly(tuple(ENDING, at(60), at(5)));

        feed.accept();
        feed.accept();
        answer("baseCoin=BTC", row(ENDING, "t-2", ago(4)), row(ENDING, "t-0", ago(50)));
        feed.answerPings(Duration.ofSeconds(3));
        answer("baseCoin=BTC", row(ENDING, "t-2", ago(4)), row(ENDING, "t-0", ago(50)));
        assertThat(ids()).containsExactly("t-2");
        assertThat(gaps()).hasSize(1);
    }

    @Test
    void aContractThatResumesLaterThanItsCoinHasNone() {
        subscribe(follow(ENDING, 4, "t-1"), follow(COIN, 5));
        feed.accept();
        end();
        trade(OTHER, "t-9");
        answer(
                "baseCoin=BTC",
                row(OTHER, "t-9", feed.time.micros()),
                row(ENDING, "t-2", ago(3)),
                row(ENDING, "t-1", ago(4)));

        assertThat(gaps()).isEmpty();
        assertThat(ids()).containsExactly("t-2", "t-9");
    }

    @Test
    void whatTheListOfTheCoinHasIsDeliveredAndNoGap() {
        subscribe(follow(ENDING, 60), follow(OTHER, 3_600), follow(COIN, 5));
        feed.accept();
        trade(OTHER, "t-9");
        List<String> rows = Stream.concat(
                        IntStream.range(0, 998).mapToObj(i -> row(ENDING, "f-" + i, feed.time.micros())),
                        Stream.of(row(ENDING, "t-2", ago(50)), row(ENDING, "t-1", ago(61))))
                .toList();
        answer(
                "baseCoin=BTC",
                Stream.concat(
                                Stream.of(row(OTHER, "t-9", feed.time.micros())),
                                rows.stream().skip(1))
                        .toArray(String[]::new));
        end();
        answer("symbol=" + OTHER, row(OTHER, "t-9", feed.time.micros()));

        assertThat(gaps()).isEmpty();
        assertThat(ids()).startsWith("t-2").endsWith("t-9").hasSize(999);
    }

    @Test
    void aContractThatIsAskedForByItselfIsNotWaitedForAndAnnouncedOnce() {
        subscribe(follow(ENDING, 60), follow(COIN, 5, "t-5"));
        feed.accept();
        trade(OTHER, "t-9");
        answer(
                "baseCoin=BTC",
                full(row(OTHER, "t-9", feed.time.micros()), row(ENDING, "t-6", ago(4)), row(OTHER, "t-5", ago(5))));
        assertThat(ids()).isEmpty();

        end();

        assertThat(gaps()).containsExactly(tuple(ENDING, at(60), at(5)));
        assertThat(ids()).contains("t-6", "t-9");
        assertThat(feed.network.tradeRequests.values())
                .noneMatch(uri -> uri.getQuery().contains(OTHER));
    }

    @Test
    void whatItsOwnListDoesNotReachIsAnnouncedOnce() {
        subscribe(follow(ENDING, 60), follow(OTHER, 3_600), follow(COIN, 5, "t-5"));
        feed.accept();
        trade(OTHER, "t-9");
        answer("baseCoin=BTC", full(row(OTHER, "t-9", feed.time.micros()), row(UNLISTED, "t-5", ago(5))));
        answer("symbol=" + ENDING, fullOf(ENDING, row(ENDING, "t-6", ago(6))));
        end();
        answer("symbol=" + OTHER, row(OTHER, "t-9", feed.time.micros()));

        assertThat(gaps()).extracting(gap -> gap.toList().get(0)).containsExactly(ENDING);
        assertThat(reasons()).containsExactly(BEYOND_REST);
        assertThat(ids()).contains("t-6", "t-9");
    }

    @Test
    void withoutItsCoinItsGapLastsUntilNowAndThatOfItsRequestIsNotAnnouncedToo() {
        subscribe(follow(ENDING, 60), follow(OTHER, 5, "t-5"));
        feed.accept();
        trade(OTHER, "t-9");
        trade(ENDING, "t-8");
        answer("baseCoin=BTC", full(row(OTHER, "t-9", feed.time.micros()), row(OTHER, "t-5", ago(5))));
        end();
        feed.answerPings(Duration.ofSeconds(20));

        assertThat(gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.toList()).startsWith(ENDING, at(60));
            assertThat((String) gap.toList().get(2)).isGreaterThan(at(-3));
        });
        assertThat(ids()).containsExactly("t-9");
    }

    @Test
    void theLastContractOfItsTopicHasItsGapToo() {
        subscribe(follow(ENDING, 60));
        feed.accept();
        end();
        feed.pass(Duration.ofMillis(50));

        assertThat(gaps()).extracting(gap -> gap.toList().get(0)).containsExactly(ENDING);
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("\"unsubscribe\""));
    }

    @Test
    void aContractWhoseSubscriptionNeverTookEffectHasNoGapAndTheRefusalSaysThatItHasEnded() {
        subscribe(new Command(Kind.SUBSCRIBE, "trades", OTHER, null, "c-0"));
        feed.accept();
        trade(OTHER, "t-1");
        feed.disconnect();
        subscribe(new Command(Kind.SUBSCRIBE, "trades", ENDING, null, "c-1"));
        listed.remove(ENDING);
        for (int i = 0; i < 12; i++) {
            feed.pass(Duration.ofMillis(500));
            answerInstrumentLists();
        }

        assertThat(feed.lines.statuses(InstrumentEnded.STATUS)).hasSize(1);
        assertThat(gaps()).isEmpty();
        assertThat(feed.lines.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("c-1");
            assertThat(failure.error()).startsWith(ENDED);
        });
    }

    @Test
    void aRefusedTopicHasAGapOfThoseContractsOnlyThatWereSubscribed() {
        subscribe(new Command(Kind.SUBSCRIBE, "trades", OTHER, null, "c-0"));
        feed.accept();
        trade(OTHER, "t-1");
        feed.disconnect();
        subscribe(new Command(Kind.SUBSCRIBE, "trades", ENDING, null, "c-1"));
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        feed.network.sent();
        feed.receive("{\"success\":true,\"conn_id\":\"x\",\"data\":{\"failTopics\":[\"publicTrade.BTC\"],"
                + "\"successTopics\":[]},\"type\":\"COMMAND_RESP\"}");

        assertThat(gaps()).extracting(gap -> gap.toList().get(0)).containsExactly(OTHER);
        assertThat(feed.lines.failures()).extracting(Failure::symbol).containsExactlyInAnyOrder(OTHER, ENDING);
    }

    @Test
    void aTradeThatCouldNotBeReadIsAnnouncedWithTheEndOfItsContract() {
        subscribe(
                new Command(Kind.SUBSCRIBE, "trades", ENDING, null, "c-0"),
                new Command(Kind.SUBSCRIBE, "trades", COIN, null, "c-1"));
        feed.accept();
        trade(ENDING, "t-1");
        feed.pass(Duration.ofMillis(1_500));
        feed.receive(feed.trade(COIN, "t-2")
                .replace("\"s\":\"BTC\"", "\"s\":\"" + ENDING + "\"")
                .replace("82642.90", "?"));
        end();

        assertThat(reasons()).singleElement().asString().contains("1 trades could not be read", ENDED);
    }

    @Test
    void aContractThatIsUnsubscribedByItselfIsAnnouncedLikewise() {
        subscribe(follow(ENDING, 60), follow(COIN, 5));
        feed.accept();
        feed.command(Kind.UNSUBSCRIBE, "trades", ENDING, "u-1");

        assertThat(gaps()).containsExactly(tuple(ENDING, at(60), at(5)));
        assertThat(reasons()).containsExactly("it was unsubscribed before they were fetched");
    }

    @Test
    void aSubscriptionThatResumesIsReportedFromThereOn() {
        subscribe(follow(ENDING, 60), follow(COIN, 5));
        feed.accept();
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        feed.accept();

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::symbol, status -> status.details().get("since"))
                .containsExactly(tuple(ENDING, at(60)), tuple(COIN, at(5)), tuple(ENDING, at(60)), tuple(COIN, at(5)));
    }

    @Test
    void aConnectionThatDiesBeforeTheEndIsNoticedMayHaveLostTheLastTrades() {
        subscribe(new Command(Kind.SUBSCRIBE, "trades", ENDING, null, "c-0"));
        feed.accept();
        trade(ENDING, "t-1");
        end();
        assertThat(gaps()).isEmpty();

        feed.disconnect();

        assertThat(gaps()).extracting(gap -> gap.toList().get(0)).containsExactly(ENDING);
        assertThat(reasons()).singleElement().asString().startsWith(ENDED);
    }

    @Test
    void tradesThatWaitForARepairWhenTheTopicIsUnsubscribedAreAnnounced() {
        subscribe(new Command(Kind.SUBSCRIBE, "trades", ENDING, null, "c-0"));
        feed.accept();
        trade(ENDING, "t-1");
        end();
        trade(ENDING, "t-2");
        feed.pass(Duration.ofMillis(50));
        feed.accept();

        assertThat(ids()).containsExactly("t-1");
        assertThat(gaps()).extracting(gap -> gap.toList().get(0)).containsExactly(ENDING);
        feed.disconnect();
        assertThat(gaps()).hasSize(1);
    }

    @Test
    void aConnectionThatAnswersAfterTheEndHasLostNothing() {
        subscribe(
                new Command(Kind.SUBSCRIBE, "trades", ENDING, null, "c-0"),
                new Command(Kind.SUBSCRIBE, "trades", OTHER, null, "c-1"));
        feed.accept();
        trade(ENDING, "t-1");
        end();
        trade(ENDING, "t-2");
        feed.answerPings(Duration.ofSeconds(60));

        feed.disconnect();

        assertThat(ids()).containsExactly("t-1", "t-2");
        assertThat(gaps()).extracting(gap -> gap.toList().get(0)).doesNotContain(ENDING);
    }

    @Test
    void aTradeThatOnlyTheLastListHadComesBeforeTheEndIsReported() {
        subscribe(
                new Command(Kind.SUBSCRIBE, "trades", ENDING, null, "c-0"),
                new Command(Kind.SUBSCRIBE, "trades", OTHER, null, "c-1"));
        feed.accept();
        trade(ENDING, "t-1");
        for (int i = 0; i < 400 && feed.network.tradeRequests.isEmpty(); i++) {
            feed.answerPings(Duration.ofMillis(50));
        }
        answer(
                "baseCoin=BTC",
                row(OTHER, "t-3", feed.time.micros()),
                row(ENDING, "t-2", feed.time.micros()),
                row(ENDING, "t-1", ago(0)));
        assertThat(ids()).as("the others may be in transit").containsExactly("t-1");

        end();
        assertThat(ids()).containsExactly("t-1", "t-2");
        assertThat(gaps()).isEmpty();
        assertThat(feed.lines.statuses(Repaired.STATUS))
                .extracting(Status::symbol, status -> status.details().get("count"))
                .containsExactly(tuple(ENDING, 1));
    }

    /** The contract vanishes from the instrument list at its delivery. */
    private void end() {
        listed.remove(ENDING);
        for (int i = 0; i < 20 && feed.lines.statuses(InstrumentEnded.STATUS).isEmpty(); i++) {
            feed.answerPings(Duration.ofMillis(500));
            answerInstrumentLists();
        }
        assertThat(feed.lines.statuses(InstrumentEnded.STATUS))
                .extracting(Status::symbol)
                .containsExactly(ENDING);
    }

    private void subscribe(Command... commands) {
        feed.command(commands);
        answerInstrumentLists();
    }

    private Command follow(String symbol, int secondsAgo, String... known) {
        return new Command(Kind.SUBSCRIBE, "trades", symbol, null, "f-" + symbol, ago(secondsAgo), List.of(known));
    }

    private long ago(int seconds) {
        return start - seconds * 1_000_000L;
    }

    private String at(int secondsAgo) {
        return Times.instant(ago(secondsAgo)).toString();
    }

    private List<Tuple> gaps() {
        return feed.lines.statuses(Gap.STATUS).stream()
                .map(gap -> tuple(
                        gap.symbol(), gap.details().get("from"), gap.details().get("to")))
                .toList();
    }

    private List<String> reasons() {
        return feed.lines.statuses(Gap.STATUS).stream().map(Status::reason).toList();
    }

    private List<String> ids() {
        feed.outbox.drained();
        return feed.lines.trades().stream().map(Trade::id).toList();
    }

    private void trade(String contract, String id) {
        feed.receive(feed.trade(COIN, id).replace("\"s\":\"BTC\"", "\"s\":\"" + contract + "\""));
    }

    private static String row(String contract, String id, long micros) {
        return "{\"execId\":\"" + id + "\",\"symbol\":\"" + contract
                + "\",\"price\":\"1.5\",\"size\":\"2\",\"side\":\"Buy\",\"time\":\"" + micros / 1_000
                + "\",\"seq\":\"5\"}";
    }

    /** As many rows as the venue returns: the given ones, and between them others of the last seconds. */
    private String full(String... rows) {
        return fullOf(UNLISTED, rows);
    }

    private String fullOf(String contract, String... rows) {
        return Stream.concat(
                        IntStream.range(rows.length, 1_000).mapToObj(i -> row(contract, "f-" + i, feed.time.micros())),
                        Stream.of(rows))
                .collect(Collectors.joining(","));
    }

    /** Answers the newest request for this; earlier ones have timed out. */
    private void answer(String query, String... rows) {
        int requestId = feed.network.tradeRequests.entrySet().stream()
                .filter(asked -> asked.getValue().getQuery().equals("category=option&" + query + "&limit=1000"))
                .map(Map.Entry::getKey)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(query + " is not among " + feed.network.tradeRequests));
        feed.network.tradeRequests.remove(requestId);
        feed.feed.answered(requestId, body(String.join(",", rows)));
        feed.outbox.flush();
        feed.outbox.drained();
    }

    private void answerInstrumentLists() {
        for (Map.Entry<Integer, URI> request :
                Map.copyOf(feed.network.otherRequests).entrySet()) {
            if (request.getValue().getPath().endsWith("/instruments-info")) {
                feed.network.otherRequests.remove(request.getKey());
                feed.feed.answered(
                        request.getKey(),
                        body(listed.entrySet().stream()
                                .map(one -> "{\"symbol\":\"" + one.getKey()
                                        + "\",\"status\":\"Trading\",\"baseCoin\":\"BTC\",\"deliveryTime\":\""
                                        + one.getValue() + "\"}")
                                .collect(Collectors.joining(","))));
            }
        }
        feed.outbox.flush();
    }

    private static HttpAnswer body(String rows) {
        return new HttpAnswer(
                200,
                0,
                ("{\"retCode\":0,\"result\":{\"list\":[" + rows + "],\"nextPageCursor\":\"\"}}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
