package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Trades of option contracts share the topic of their base coin. */
class OptionTradesTest {

    private static final String CALL = "BTC-27NOV26-70000-C";
    private static final String PUT = "BTC-27NOV26-70000-P-USDT";
    private static final String OTHER = "BTC-25DEC26-90000-C";

    private final FeedHarness feed = FeedHarness.open("BYBIT_CATEGORY", "option");

    @Test
    void theTopicOfTheBaseCoinIsAskedForOnceAndPassedOnForTheWantedContracts() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        assertThat(feed.accept()).singleElement().asString().contains("[\"publicTrade.BTC\"]");
        feed.command(Kind.SUBSCRIBE, "trades", PUT, "c-2");
        assertThat(feed.network.sent()).isEmpty();

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id, Status::symbol)
                .containsExactly(Tuple.tuple("c-1", CALL), Tuple.tuple("c-2", PUT));
        trade(CALL, "t-1");
        trade(OTHER, "t-2");
        trade(PUT, "t-3");
        assertThat(feed.lines.trades()).extracting(Trade::symbol).containsExactly(CALL, PUT);
    }

    @Test
    void theBaseCoinMeansAllContractsAndLeavesTheOthersWhenItGoes() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-1");
        feed.accept();
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-2");
        trade(OTHER, "t-1");
        trade(CALL, "t-2");
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTC", "u-1");
        assertThat(feed.network.sent()).isEmpty();
        trade(OTHER, "t-3");
        trade(CALL, "t-4");
        assertThat(ids()).containsExactly("t-1", "t-2", "t-4");

        feed.command(Kind.UNSUBSCRIBE, "trades", CALL, "u-2");
        assertThat(feed.accept()).singleElement().asString().contains("\"unsubscribe\"", "[\"publicTrade.BTC\"]");
        trade(CALL, "t-5");

        assertThat(ids()).containsExactly("t-1", "t-2", "t-4");
        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("u-1", "u-2");
        assertThat(feed.feed.figures()).containsEntry("subscriptions", 0);
    }

    @Test
    void aBaseCoinThatIsUnsubscribedBeforeItTookEffectIsNotReportedAsSubscribedLater() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-2");
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTC", "u-1");
        feed.accept();

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1");
        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("u-1");
        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-2");
        trade(OTHER, "t-1");
        assertThat(ids()).isEmpty();
    }

    @Test
    void whatAnOutageCostIsFetchedByBaseCoinAndPassedOnForTheWantedContracts() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        feed.accept();
        trade(CALL, "t-1");
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.network.tradeRequests.clear();
        feed.connect();
        feed.accept();
        int requestId = feed.network.tradeRequests.keySet().iterator().next();
        assertThat(feed.network.tradeRequests.get(requestId).getQuery())
                .isEqualTo("category=option&baseCoin=BTC&limit=1000");
        trade(OTHER, "t-4");
        trade(CALL, "t-5");
        feed.feed.answered(
                requestId, rows(CALL + " t-5", OTHER + " t-4", CALL + " t-3", OTHER + " t-2", CALL + " t-1"));
        feed.outbox.flush();

        assertThat(ids()).containsExactly("t-1", "t-3", "t-5");
        assertThat(feed.lines.statuses(Repaired.STATUS))
                .singleElement()
                .satisfies(repaired -> assertThat(repaired.details()).containsEntry("count", 1));
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::symbol)
                .containsExactly(CALL, CALL);
    }

    @Test
    void aRefusalIsToldToEachContract() {
        feed.command(Kind.SUBSCRIBE, "trades", "XYZ-27NOV26-1-C", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "XYZ-27NOV26-1-P", "c-2");
        feed.network.sent();

        feed.receive("{\"success\":true,\"conn_id\":\"x\",\"data\":{\"failTopics\":[\"publicTrade.XYZ\"],"
                + "\"successTopics\":[]},\"type\":\"COMMAND_RESP\"}");

        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-1", "c-2");
    }

    @Test
    void afterARestartEachContractGoesOnWhereItWas() {
        long callSince = feed.time.micros() - 5_000_000;
        long putSince = feed.time.micros() - 3_000_000;
        feed.command(
                follow(CALL, "c-1", callSince, "t-1"),
                follow(PUT, "c-2", putSince, "t-4", "t-5"),
                new Command(Kind.SUBSCRIBE, "trades", OTHER, null, "c-3"));
        feed.accept();
        trade(CALL, "t-9");

        String[] rows = {
            row(CALL, "t-9", feed.time.micros()),
            row(OTHER, "t-8", callSince + 4_000_000),
            row(PUT, "t-7", putSince + 1_000),
            row(CALL, "t-6", putSince),
            row(PUT, "t-5", putSince),
            row(PUT, "t-4", putSince),
            row(PUT, "t-3", putSince - 1_000),
            row(PUT, "t-told", callSince + 2_000),
            row(CALL, "t-2", callSince + 1_000),
            row(CALL, "t-1", callSince),
            row(CALL, "t-0", callSince - 1_000)
        };
        answer("baseCoin=BTC", rows);

        assertThat(ids()).as("t-8 is older than its subscription").containsExactly("t-2", "t-6", "t-7", "t-9");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
        assertThat(feed.lines.statuses(Repaired.STATUS))
                .extracting(Status::symbol, repaired -> repaired.details().get("count"))
                .containsExactly(Tuple.tuple(CALL, 2), Tuple.tuple(PUT, 1), Tuple.tuple(OTHER, 0));
        assertThat(feed.network.tradeRequests).isEmpty();

        feed.answerPings(Duration.ofSeconds(2));
        answer("baseCoin=BTC", rows);
        feed.answerPings(Duration.ofSeconds(16));
        answer("baseCoin=BTC", rows);
        assertThat(ids()).as("t-told is the earlier process's").containsExactly("t-2", "t-6", "t-7", "t-9");
    }

    @Test
    void theBaseCoinGoesOnWhereAllItsContractsWere() {
        long since = feed.time.micros() - 5_000_000;
        feed.command(follow("BTC", "c-1", since, "t-1", "t-2"));
        feed.accept();
        trade(CALL, "t-5");

        answer(
                "baseCoin=BTC",
                row(CALL, "t-5", feed.time.micros()),
                row(PUT, "t-4", since + 2_000),
                row(CALL, "t-3", since + 1_000),
                row(PUT, "t-2", since + 1_000),
                row(CALL, "t-1", since),
                row(CALL, "t-0", since - 1_000));

        assertThat(ids()).containsExactly("t-3", "t-4", "t-5");
        assertThat(feed.lines.statuses(Repaired.STATUS))
                .singleElement()
                .satisfies(repaired -> assertThat(repaired.symbol()).isEqualTo("BTC"));
    }

    @Test
    void aContractToWhichTheListOfItsCoinDoesNotReachIsAskedForByItself() {
        long since = feed.time.micros() - 3_600_000_000L;
        feed.command(follow(CALL, "c-1", since, "t-1"), follow(PUT, "c-2", feed.time.micros() - 1_000_000, "t-2"));
        feed.accept();
        trade(PUT, "t-9");

        answer("baseCoin=BTC", full(OTHER, row(PUT, "t-9", feed.time.micros()), row(CALL, "t-8", feed.time.micros())));
        answer("symbol=" + PUT, row(PUT, "t-9", feed.time.micros()));
        assertThat(ids())
                .as("nothing is emitted before the missing trades are known")
                .isEmpty();
        answer(
                "symbol=" + CALL,
                row(CALL, "t-8", feed.time.micros()),
                row(CALL, "t-5", since + 2_000),
                row(CALL, "t-4", since + 1_000),
                row(CALL, "t-1", since));

        assertThat(ids()).containsExactly("t-4", "t-5", "t-8", "t-9");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void whatTheListOfAContractDoesNotReachIsAnnouncedForThatContract() {
        long since = feed.time.micros() - 3_600_000_000L;
        feed.command(follow(CALL, "c-1", since, "t-1"), follow(PUT, "c-2", feed.time.micros() - 1_000_000, "t-2"));
        feed.accept();
        trade(PUT, "t-9");
        answer("baseCoin=BTC", full(OTHER, row(PUT, "t-9", feed.time.micros())));
        answer("symbol=" + PUT, row(PUT, "t-9", feed.time.micros()));
        answer("symbol=" + CALL, full(CALL));

        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.symbol()).isEqualTo(CALL);
            assertThat(gap.reason()).isEqualTo("the missing trades go back further than REST");
            assertThat(gap.details()).containsEntry("from", Times.instant(since).toString());
            assertThat(gap.details())
                    .containsEntry("to", feed.lines.trades().get(0).timestamp().toString());
        });
        assertThat(ids()).hasSize(1_001).endsWith("t-9");
    }

    @Test
    void aContractWhoseListCannotBeHadIsAnnouncedAtTheDeadline() {
        long since = feed.time.micros() - 3_600_000_000L;
        feed.command(follow(CALL, "c-1", since, "t-1"));
        feed.accept();
        trade(CALL, "t-9");
        answer("baseCoin=BTC", full(OTHER, row(CALL, "t-9", feed.time.micros())));
        for (int i = 0; i < 40; i++) {
            refuseAll();
            feed.answerPings(Duration.ofMillis(400));
        }

        assertThat(ids()).containsExactly("t-9");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.symbol()).isEqualTo(CALL);
            assertThat(gap.reason()).isEqualTo("no route to the venue");
            assertThat(gap.details()).containsEntry("from", Times.instant(since).toString());
        });
    }

    @Test
    void withoutAnyAnswerEachContractHasItsGap() {
        long since = feed.time.micros() - 5_000_000;
        feed.command(follow(CALL, "c-1", since, "t-1"), follow(PUT, "c-2", since + 1_000, "t-2"));
        feed.accept();
        for (int i = 0; i < 40; i++) {
            refuseAll();
            feed.answerPings(Duration.ofMillis(400));
        }

        assertThat(feed.lines.statuses(Gap.STATUS))
                .extracting(Status::symbol, gap -> gap.details().get("from"))
                .containsExactly(
                        Tuple.tuple(CALL, Times.instant(since).toString()),
                        Tuple.tuple(PUT, Times.instant(since + 1_000).toString()));
    }

    @Test
    void aContractThatIsWantedLaterGetsWhatTheTopicHasShownBefore() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        feed.accept();
        long since = feed.time.micros();
        trade(PUT, "t-1");
        feed.time.advance(Duration.ofMillis(10));
        trade(PUT, "t-2");
        trade(CALL, "t-3");
        feed.network.tradeRequests.clear();

        feed.command(follow(PUT, "c-2", since, "t-1"));
        trade(PUT, "t-4");
        answer(
                "baseCoin=BTC",
                row(PUT, "t-4", feed.time.micros()),
                row(CALL, "t-3", feed.time.micros()),
                row(PUT, "t-2", feed.time.micros()),
                row(PUT, "t-1", since));

        assertThat(ids()).containsExactly("t-3", "t-2", "t-4");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void anIdIsOneOfItsContract() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-1");
        feed.accept();
        trade(CALL, "t-1");
        trade(PUT, "t-1");
        trade(PUT, "t-1");

        assertThat(feed.lines.trades()).extracting(Trade::symbol).containsExactly(CALL, PUT);
    }

    @Test
    void theAnswerSaysFromWhenOnTradesAreTold() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        long now = feed.time.micros();
        feed.accept();

        assertThat(feed.lines.statuses(Subscribed.STATUS)).singleElement().satisfies(subscribed -> assertThat(
                        subscribed.details())
                .containsEntry("since", Times.instant(now).toString()));
    }

    @Test
    void ofAContractThatHasExpiredWhatWasMissedIsAnnounced() {
        feed.answersInstrumentLists = true;
        long since = feed.time.micros() - 5_000_000;
        feed.command(follow(CALL, "c-1", since, "t-1"));
        // The list, and then the contract by itself with each status.
        for (int i = 0; i < 3; i++) {
            feed.network
                    .instrumentLists()
                    .forEach(requestId -> feed.feed.answered(
                            requestId,
                            body("{\"symbol\":\"" + PUT + "\",\"status\":\"Trading\",\"baseCoin\":\"BTC\"}")));
        }
        feed.outbox.flush();

        assertThat(feed.lines.failures()).singleElement().satisfies(refusal -> assertThat(refusal.error())
                .startsWith("option has no instrument " + CALL));
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.symbol()).isEqualTo(CALL);
            assertThat(gap.details()).containsEntry("from", Times.instant(since).toString());
        });
    }

    @Test
    void aDroppedConnectionIsAnnouncedForEachContractWhereRestCannotHelp() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        feed.accept();
        feed.command(Kind.SUBSCRIBE, "trades", PUT, "c-2");
        trade(CALL, "t-1");
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.network.tradeRequests.clear();
        feed.connect();
        feed.accept();
        trade(CALL, "t-9");
        answer("baseCoin=BTC", full(OTHER, row(CALL, "t-9", feed.time.micros())));
        answer("symbol=" + CALL, full(CALL, row(CALL, "t-9", feed.time.micros())));
        answer("symbol=" + PUT, row(PUT, "t-8", feed.time.micros()));

        assertThat(feed.lines.statuses(Gap.STATUS))
                .extracting(Status::symbol)
                .as("the list of the other contract is complete")
                .containsExactly(CALL);
        assertThat(ids()).contains("t-1", "t-8", "t-9");
    }

    @Test
    void aBaseCoinThatIsRefusedGetsNoneOfTheTradesHeldForAContract() {
        subscribeTheBaseCoinDuringTheRepairOfAContract();
        feed.connect();
        feed.network.sent();
        feed.receive("{\"success\":true,\"conn_id\":\"x\",\"data\":{\"failTopics\":[\"publicTrade.BTC\"],"
                + "\"successTopics\":[]},\"type\":\"COMMAND_RESP\"}");

        assertThat(feed.lines.failures()).extracting(Failure::id).contains("c-2");
        assertThat(ids()).containsExactly("t-1", "t-3");
        assertThat(feed.lines.statuses(Gap.STATUS)).extracting(Status::symbol).containsExactly(CALL);
    }

    @Test
    void aBaseCoinThatIsSubscribedWhileDisconnectedGetsNothingBeforeThatIsReported() {
        subscribeTheBaseCoinDuringTheRepairOfAContract();
        feed.network.tradeRequests.clear();
        feed.connect();
        feed.accept();
        assertThat(ids()).containsExactly("t-1");
        trade(OTHER, "t-4");
        answer(
                "baseCoin=BTC",
                row(OTHER, "t-4", feed.time.micros()),
                row(CALL, "t-3", feed.time.micros() - 1_000_000),
                row(OTHER, "t-2", feed.time.micros() - 1_000_000),
                row(CALL, "t-1", feed.time.micros() - 2_000_000));

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3", "t-4");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::symbol)
                .as("the contract is reported with each connection")
                .containsExactly(CALL, CALL, "BTC", CALL);
    }

    /** Disconnected; trades of the contract and of another one are held. */
    private void subscribeTheBaseCoinDuringTheRepairOfAContract() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        feed.accept();
        trade(CALL, "t-1");
        reconnect();
        feed.accept();
        trade(OTHER, "t-2");
        trade(CALL, "t-3");
        feed.disconnect();
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-2");
        feed.pass(Duration.ofSeconds(1));
    }

    private void reconnect() {
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
    }

    private static Command follow(String symbol, String id, long since, String... known) {
        return new Command(Kind.SUBSCRIBE, "trades", symbol, null, id, since, List.of(known));
    }

    private static String row(String contract, String id, long micros) {
        return "{\"execId\":\"" + id + "\",\"symbol\":\"" + contract
                + "\",\"price\":\"1.5\",\"size\":\"2\",\"side\":\"Buy\",\"time\":\"" + micros / 1_000
                + "\",\"seq\":\"5\"}";
    }

    /** As many rows as the venue returns, the given ones first, all with current times. */
    private String full(String contract, String... newest) {
        return Stream.concat(
                        Stream.of(newest),
                        IntStream.range(newest.length, 1_000)
                                .mapToObj(i -> row(contract, "f-" + i, feed.time.micros())))
                .collect(Collectors.joining(","));
    }

    /** Answers the only request for this. */
    private void answer(String query, String... rows) {
        int requestId = feed.network.tradeRequests.entrySet().stream()
                .filter(asked -> asked.getValue().getQuery().equals("category=option&" + query + "&limit=1000"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError(query + " is not among " + feed.network.tradeRequests));
        feed.network.tradeRequests.remove(requestId);
        feed.feed.answered(requestId, body(String.join(",", rows)));
        feed.outbox.flush();
        feed.outbox.drained();
    }

    private void refuseAll() {
        List.copyOf(feed.network.tradeRequests.keySet()).forEach(requestId -> {
            feed.network.tradeRequests.remove(requestId);
            feed.feed.unanswered(requestId, "no route to the venue");
        });
    }

    private static HttpAnswer body(String rows) {
        return new HttpAnswer(
                200, 0, ("{\"retCode\":0,\"result\":{\"list\":[" + rows + "]}}").getBytes(StandardCharsets.UTF_8));
    }

    private void trade(String contract, String id) {
        feed.receive(feed.trade("BTC", id).replace("\"s\":\"BTC\"", "\"s\":\"" + contract + "\""));
    }

    private List<String> ids() {
        feed.outbox.drained();
        return feed.lines.trades().stream().map(Trade::id).toList();
    }

    private HttpAnswer rows(String... newestFirst) {
        StringBuilder rows = new StringBuilder();
        for (String row : newestFirst) {
            String[] parts = row.split(" ");
            rows.append(rows.length() == 0 ? "" : ",")
                    .append("{\"execId\":\"")
                    .append(parts[1])
                    .append("\",\"symbol\":\"")
                    .append(parts[0])
                    .append("\",\"price\":\"1.5\",\"size\":\"2\",\"side\":\"Buy\",\"time\":\"")
                    .append(feed.time.micros() / 1_000)
                    .append("\",\"seq\":\"5\"}");
        }
        return new HttpAnswer(
                200, 0, ("{\"retCode\":0,\"result\":{\"list\":[" + rows + "]}}").getBytes(StandardCharsets.UTF_8));
    }
}
