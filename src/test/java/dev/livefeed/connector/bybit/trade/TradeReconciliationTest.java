package dev.livefeed.connector.bybit.trade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        assertThat(harness.network.tradeRequests).hasSize(1);
        return harness.network.tradeRequests.keySet().iterator().next();
    }

    private void answer(int request, String... ids) {
        List<String> newestFirst = new ArrayList<>(List.of(ids));
        Collections.reverse(newestFirst);
        String rows = newestFirst.stream()
                .map(id -> "{\"execId\":\"" + id
                        + "\",\"symbol\":\"BTCUSDT\",\"price\":\"1.5\",\"size\":\"2\",\"side\":\"Buy\",\"time\":\""
                        + (harness.time.micros() / 1_000 - (id.startsWith("old") ? 600_000 : 0)) + "\",\"seq\":\"5\"}")
                .collect(Collectors.joining(","));
        String body = "{\"retCode\":0,\"result\":{\"list\":[" + rows + "]}}";
        harness.feed.answered(request, new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8)));
        harness.outbox.flush();
    }
}
