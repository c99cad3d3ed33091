package dev.livefeed.connector.bybit.trade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trades that the stream omits on an open connection are found in the venue's list. */
class TradeReconciliationTest {

    private final FeedHarness harness = FeedHarness.open();

    @BeforeEach
    void subscribe() {
        harness.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        harness.accept();
    }

    @Test
    void aTradeThatWasLeftOutComesLateAndIsSaidToBe() {
        look("old");
        stream("a", "c");

        look("old", "a", "b", "c");

        assertThat(emitted()).containsExactly("a", "c", "b");
        assertThat(harness.lines.trades()).extracting(Trade::repaired).containsExactly(false, false, true);
        Status repaired = harness.lines.statuses(Repaired.STATUS).get(0);
        assertThat(repaired.details()).containsEntry("count", 1);
        assertThat(repaired.details().get("from")).isEqualTo(repaired.details().get("to"));
    }

    /** The list of the repair does not reach back to what the stream omitted before its connection was lost. */
    @Test
    void aTradeThatWasLeftOutBeforeTheConnectionWasLostIsFoundByTheListThatWasRequestedBefore() {
        look("old");
        stream("a", "c");
        int requested = ask();

        harness.disconnect();
        answer(requested, "old", "a", "b", "c");

        assertThat(emitted()).containsExactly("a", "c", "b");
    }

    /** Before the comparison that is due every 15 s. */
    @Test
    void aTradeThatWasLeftOutShortlyBeforeTheConnectionWasLostIsFoundByTheListThatIsRequestedThen() {
        look("old");
        stream("a", "c");
        harness.network.tradeRequests.clear();

        harness.disconnect();
        answer(onlyRequest(), "old", "a", "b", "c");

        assertThat(emitted()).containsExactly("a", "c", "b");
        assertThat(harness.lines.statuses(Repaired.STATUS)).hasSize(1);
    }

    @Test
    void aStreamWithoutANewTradeIsNotComparedWhenTheConnectionIsLost() {
        stream("a");
        look("old", "a");
        harness.network.tradeRequests.clear();

        harness.disconnect();

        assertThat(harness.network.tradeRequests).isEmpty();
    }

    /** Its trades are neither owed nor delivered any more. */
    @Test
    void aStreamThatIsBeingUnsubscribedIsNotComparedWhenTheConnectionIsLost() {
        look("old");
        stream("a", "c");
        harness.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "c-9");
        harness.network.tradeRequests.clear();

        harness.disconnect();

        assertThat(harness.network.tradeRequests).isEmpty();
    }

    @Test
    void aListThatWasRequestedBeforeTheUnsubscriptionIsNotUsed() {
        look("old");
        stream("a", "c");
        int requested = ask();

        harness.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "c-9");
        harness.accept();
        answer(requested, "old", "a", "b", "c");

        assertThat(emitted()).containsExactly("a", "c");
    }

    @Test
    void aNewestTradeMayBeUnderWayAndIsWaitedForUntilTheNextLook() {
        look("old");
        stream("a");

        look("old", "a", "b");
        assertThat(emitted()).containsExactly("a");

        look("old", "a", "b");
        assertThat(emitted()).containsExactly("a", "b");
    }

    @Test
    void aTradeThatWasUnderWayIsDeliveredThoughTheListNoLongerReachesBackToIt() {
        look();
        stream("a");
        look("a", "b");
        String[] burst = IntStream.range(0, 1_000).mapToObj(i -> "t-" + i).toArray(String[]::new);
        stream(burst);

        // The end of a burst is requested at once; the reconciliation is the next request.
        answer(askWhileTheMarketMoves(), burst);
        answer(askWhileTheMarketMoves(), burst);

        assertThat(emitted()).hasSize(1_002).endsWith("b");
    }

    @Test
    void whatFollowsATradeThatWasUnderWayWasLeftOutTooThoughTheListBeginsWithIt() {
        look();
        stream("a");
        look("a", "b");
        String[] later = IntStream.range(0, 998).mapToObj(i -> "t-" + i).toArray(String[]::new);
        stream(later);

        String[] listed =
                Stream.concat(Stream.of("b", "c"), Arrays.stream(later)).toArray(String[]::new);
        answer(askWhileTheMarketMoves(), later);
        answer(askWhileTheMarketMoves(), listed);

        assertThat(emitted()).hasSize(1_001).endsWith("b", "c");
    }

    @Test
    void whatWasThereBeforeTheSubscriptionIsNotDelivered() {
        look("old", "older");
        look("old", "older");
        stream("a");
        look("old", "older", "a");

        assertThat(emitted()).containsExactly("a");
        assertThat(harness.lines.statuses(Repaired.STATUS))
                .allSatisfy(repaired -> assertThat(repaired.details()).containsEntry("count", 0));
    }

    @Test
    void theVeryFirstTradeOfAMarketCountsToo() {
        look();
        stream("b");

        look("a", "b");

        assertThat(emitted()).containsExactly("b", "a");
    }

    @Test
    void whatWasLeftOutBeforeTheFirstLookIsFoundByIt() {
        stream("a", "c");

        look("old", "a", "b", "c");

        assertThat(emitted()).containsExactly("a", "c", "b");
    }

    @Test
    void whatWasLeftOutAtTheBeginningOfAFullListIsDeliveredAndWhatMayBeOlderIsAGap() {
        look("old");
        stream("a");
        compare("old", "a");
        long compared = harness.time.micros() / 1_000;
        String[] later = ids("t-", 980);
        stream(later);

        compare(joined(ids("out-", 20), later));

        assertThat(emitted()).hasSize(1_001).endsWith("out-18", "out-19");
        Status gap = onlyGap();
        assertThat(gap.reason()).contains("the stream omitted trades");
        assertThat(millis(gap, "from")).isLessThanOrEqualTo(compared);
        assertThat(millis(gap, "to")).isEqualTo(harness.time.micros() / 1_000);
    }

    @Test
    void aFullListThatContinuesThePreviousOneLeavesNoGap() {
        look("old");
        String[] first = ids("t-", 500);
        stream(first);
        compare(first);
        String[] later = ids("u-", 490);
        stream(later);

        String[] list = joined(joined(new String[] {first[499]}, ids("out-", 10)), joined(later, ids("v-", 499)));
        stream(ids("v-", 499));
        compare(list);

        assertThat(emitted()).hasSize(500 + 490 + 499 + 10).endsWith("out-9");
        assertThat(harness.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void aFullListOfWhichNothingHasComeYetLeavesAGapIfItsOldestRowDoesNotCome() {
        look("old");
        stream("a");
        compare("old", "a");
        String[] all = ids("out-", 1_000);
        compare(all);
        assertThat(harness.lines.statuses(Gap.STATUS)).isEmpty();
        assertThat(emitted()).containsExactly("a");

        stream("b");
        compare("b");

        assertThat(emitted()).hasSize(1_002).endsWith("out-999");
        assertThat(onlyGap().reason()).contains("the stream omitted trades");
    }

    @Test
    void aFullListOfWhichNothingHasComeYetLeavesNoGapIfAllOfItComes() {
        look("old");
        stream("a");
        compare("old", "a");
        String[] all = ids("t-", 1_000);
        compare(all);
        stream(all);
        compare(all);

        assertThat(emitted()).hasSize(1_001).doesNotHaveDuplicates();
        assertThat(harness.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void whatMayFollowAnOmittedNewestRowIsAGapIfTheNextListBeginsLater() {
        look("old");
        stream("a");
        compare("old", "a", "b");
        String[] later = ids("t-", 1_000);
        stream(later);
        compare(later);

        assertThat(emitted()).hasSize(1_002).endsWith("b");
        assertThat(onlyGap().reason()).contains("the stream omitted trades");
    }

    @Test
    void whatWasLeftOutBeforeALostConnectionIsFoundInTheListOfTheRepair() {
        look("old");
        stream("x");
        compare("old", "x");
        stream("a", "c");
        harness.disconnect();
        harness.network.tradeRequests.clear();
        harness.pass(Duration.ofSeconds(2));
        harness.connect();
        harness.accept();
        stream("d");

        answer(onlyRequest(), "old", "x", "earlier", "a", "c", "d");

        assertThat(emitted()).containsExactly("x", "a", "c", "d", "earlier");
        assertThat(harness.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void anAnswerThatSoManyTradesHaveOvertakenThatTheFirstAreForgottenSaysNothing() {
        look();
        String[] listed = IntStream.range(0, 900).mapToObj(i -> "t-" + i).toArray(String[]::new);
        stream(listed);
        int requestId = askWhileTheMarketMoves();
        stream(IntStream.range(900, 2_400).mapToObj(i -> "t-" + i).toArray(String[]::new));
        answer(requestId, listed);

        assertThat(emitted()).hasSize(2_400).doesNotHaveDuplicates();
        assertThat(harness.lines.statuses(Repaired.STATUS)).isEmpty();
    }

    @Test
    void anAnswerThatAThousandTradesHaveOvertakenCounts() {
        look();
        stream("a", "c");
        int requestId = askWhileTheMarketMoves();
        stream(IntStream.range(0, 1_000).mapToObj(i -> "t-" + i).toArray(String[]::new));
        answer(requestId, "a", "b", "c");

        assertThat(emitted()).hasSize(1_003).endsWith("b");
    }

    @Test
    void oneStreamIsLookedAtEachSecondAndNoneMoreOftenThanItsInterval() {
        for (String symbol : List.of("ETHUSDT", "SOLUSDT")) {
            harness.command(Kind.SUBSCRIBE, "trades", symbol, "c-" + symbol);
        }
        harness.accept();
        harness.network.tradeRequests.clear();

        for (int i = 0; i < 140; i++) {
            harness.pass(Duration.ofMillis(100));
            if (harness.network.takePing()) {
                harness.accept(SubscribeRequest.PING);
            }
            harness.network.tradeRequests.keySet().forEach(request -> answer(request, "old"));
        }

        assertThat(harness.network.tradeRequests.values())
                .extracting(uri -> uri.getQuery().replaceAll(".*symbol=(\\w+).*", "$1"))
                .containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT", "SOLUSDT");
    }

    @Test
    void theTradesOfOptionsAreAskedForByTheirBaseCoin() {
        FeedHarness options = FeedHarness.open("BYBIT_CATEGORY", "option");
        options.command(Kind.SUBSCRIBE, "trades", "BTC", "c-1");
        options.accept();

        options.answerPings(Duration.ofSeconds(2));

        assertThat(options.network.tradeRequests.values())
                .extracting(uri -> uri.getQuery())
                .containsExactly("category=option&baseCoin=BTC&limit=1000");
    }

    private static String[] ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    private static String[] joined(String[] first, String[] second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
    }

    private Status onlyGap() {
        assertThat(harness.lines.statuses(Gap.STATUS)).hasSize(1);
        return harness.lines.statuses(Gap.STATUS).get(0);
    }

    private static long millis(Status status, String bound) {
        return Instant.parse((String) status.details().get(bound)).toEpochMilli();
    }

    private List<String> emitted() {
        return harness.lines.trades().stream().map(Trade::id).toList();
    }

    private void stream(String... ids) {
        Arrays.stream(ids).forEach(id -> harness.receive(harness.trade("BTCUSDT", id)));
    }

    /** Waits for the next reconciliation and answers it with these trades, oldest first. */
    private void look(String... ids) {
        answer(ask(), ids);
    }

    /** Like {@link #look}, while books keep coming, so that the connection is not suspected of a stall. */
    private void compare(String... ids) {
        answer(askWhileTheMarketMoves(), ids);
    }

    private int onlyRequest() {
        assertThat(harness.network.tradeRequests).hasSize(1);
        return harness.network.tradeRequests.keySet().iterator().next();
    }

    private int askWhileTheMarketMoves() {
        harness.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-2");
        harness.accept();
        harness.network.tradeRequests.clear();
        for (int i = 0; i < 400 && harness.network.tradeRequests.isEmpty(); i++) {
            harness.snapshot(100 + i);
            harness.answerPings(Duration.ofMillis(50));
        }
        return harness.network.tradeRequests.keySet().iterator().next();
    }

    private int ask() {
        harness.network.tradeRequests.clear();
        for (int i = 0; i < 400 && harness.network.tradeRequests.isEmpty(); i++) {
            harness.answerPings(Duration.ofMillis(50));
        }
        return onlyRequest();
    }

    private void answer(int request, String... ids) {
        List<String> newestFirst = new ArrayList<>(List.of(ids));
        Collections.reverse(newestFirst);
        String rows = newestFirst.stream()
                .map(id -> "{\"execId\":\"" + id
                        + "\",\"symbol\":\"BTCUSDT\",\"price\":\"1.5\",\"size\":\"2\",\"side\":\"Buy\",\"time\":\""
                        + (harness.time.micros() / 1_000 - millisAgo(id)) + "\",\"seq\":\"5\"}")
                .collect(Collectors.joining(","));
        String body = "{\"retCode\":0,\"result\":{\"list\":[" + rows + "]}}";
        harness.feed.answered(request, new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8)));
        harness.outbox.flush();
    }

    private static long millisAgo(String id) {
        return id.startsWith("old") ? 600_000 : id.startsWith("earlier") ? 3_000 : 0;
    }
}
