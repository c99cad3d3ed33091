package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A silent topic is reported and subscribed again at growing intervals, without effect on other topics. */
class SilenceTest {

    private static final String TOP = "orderbook.1.BTCUSDT";

    private final FeedHarness feed = FeedHarness.open();
    private final List<String> requests = new ArrayList<>();
    private long updateId = 100;

    @Test
    void aBestPriceThatIsNotRepeatedForTenSecondsIsAskedForAgain() {
        subscribe("depth.1", "BTCUSDT");
        top();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(3));
            top();
        }
        assertThat(requests).isEmpty();
        feed.lines.next();

        pass(Duration.ofSeconds(12));

        assertThat(requests).hasSize(2).allMatch(request -> request.contains("[\"" + TOP + "\"]"));
        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly("silent", "resyncing");
        assertThat(feed.lines.statuses().get(0).details())
                .containsEntry("topic", TOP)
                .containsEntry("never", false);
        assertThat(feed.feed.figures()).containsEntry("silent_topics", 1L).containsEntry("silence_resubscribes", 1L);
        feed.lines.next();
        top();
        pass(Duration.ofSeconds(1));
        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly("synced", "heard");
        assertThat(feed.feed.figures()).containsEntry("silent_topics", 0L);
        assertThat(feed.network.closed).isEmpty();
    }

    @Test
    void tradesThatNeverCameAreSaidOnceAndAskedForEverMoreSlowly() {
        subscribe("trades", "BTCUSDT");
        subscribe("trades", "ETHUSDT");
        feed.lines.next();

        for (int minute = 0; minute < 600; minute++) {
            feed.receive(feed.trade("ETHUSDT", "e-" + minute));
            pass(Duration.ofMinutes(1));
        }

        assertThat(feed.lines.statuses("silent")).singleElement().satisfies(said -> {
            assertThat(said.symbol()).isEqualTo("BTCUSDT");
            assertThat(said.reason()).isEqualTo("accepted, but no data received yet");
            assertThat(said.details()).containsEntry("never", true);
        });
        // After 15 minutes, 30 more, and then every hour.
        assertThat(requests.stream().filter(request -> request.contains("\"subscribe\"")))
                .hasSizeBetween(10, 12);
        assertThat(requests).allMatch(request -> request.contains("[\"publicTrade.BTCUSDT\"]"));
        assertThat(feed.lines.statuses(Gap.STATUS))
                .noneMatch(gap -> gap.symbol().equals("BTCUSDT"));
    }

    @Test
    void tradesThatFallBetweenLeavingAndTheNewSubscriptionAreFetched() {
        subscribe("trades", "BTCUSDT");
        feed.receive(feed.trade("BTCUSDT", "t-1"));
        pass(Duration.ofMinutes(15));
        feed.lines.next();
        assertThat(requests).isEmpty();
        feed.pass(Duration.ofSeconds(2));

        List<String> leaving = feed.network.sent().stream()
                .filter(request -> !request.equals(SubscribeRequest.PING))
                .toList();
        assertThat(leaving).singleElement().asString().contains("\"unsubscribe\"");
        String missed = feed.trade("BTCUSDT", "t-2");
        feed.receive(missed);
        leaving.forEach(feed::accept);
        feed.network.tradeRequests.clear();
        feed.accept();
        int requestId = feed.network.tradeRequests.keySet().iterator().next();
        feed.receive(feed.trade("BTCUSDT", "t-3"));
        feed.feed.answered(requestId, rows("t-3", "t-2", "t-1"));
        feed.outbox.flush();

        assertThat(feed.lines.trades()).extracting(trade -> trade.id()).containsExactly("t-2", "t-3");
    }

    @Test
    void aMarketThatIsOftenQuietIsLeftInPeaceMoreAndMore() {
        subscribe("trades", "BTCUSDT");
        List<Integer> said = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            feed.receive(feed.trade("BTCUSDT", "t-" + i));
            feed.lines.next();
            pass(Duration.ofMinutes(40));
            said.add(feed.lines.statuses("silent").size());
        }

        // 15 minutes, 30 minutes; this market is never silent for an hour.
        assertThat(said.subList(0, 3)).containsExactly(1, 1, 0);
        assertThat(said.stream().mapToInt(Integer::intValue).sum()).isLessThan(9);
    }

    @Test
    void whereRestCannotBeAskedSilentTradesAreReportedOnly() {
        FeedHarness other = FeedHarness.open("BYBIT_WS_BASE_URL", "ws://somewhere");
        other.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        other.accept();
        other.receive(other.trade("BTCUSDT", "t-1"));
        other.answerPings(Duration.ofMinutes(40));

        assertThat(other.lines.statuses("silent")).hasSize(1);
        assertThat(other.network.sent()).noneMatch(request -> request.contains("subscribe"));
        assertThat(other.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void aBookThatIsBeingResyncedHasAnOwnerAlready() {
        subscribe("depth.1", "BTCUSDT");
        top();
        feed.receive(feed.book(TOP, "delta", 500, "", ""));
        requests.clear();
        feed.lines.next();

        pass(Duration.ofSeconds(4));

        assertThat(feed.lines.statuses("silent")).isEmpty();
    }

    private void subscribe(String channel, String symbol) {
        feed.command(Kind.SUBSCRIBE, channel, symbol, "c-" + symbol);
        feed.accept();
    }

    private void top() {
        feed.receive(feed.book(TOP, "snapshot", ++updateId, "[\"100.0\",\"1\"]", "[\"100.5\",\"3\"]"));
    }

    /** Advances the clock, answers all requests, and collects the subscribe requests. */
    private void pass(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 500) {
            feed.pass(Duration.ofMillis(500));
            for (String request : feed.network.sent()) {
                if (!request.equals(SubscribeRequest.PING)) {
                    requests.add(request);
                }
                feed.accept(request);
            }
            for (int requestId : List.copyOf(feed.network.tradeRequests.keySet())) {
                feed.network.tradeRequests.remove(requestId);
                feed.feed.answered(requestId, rows());
            }
            feed.outbox.flush();
        }
    }

    private HttpAnswer rows(String... ids) {
        List<String> rows = new ArrayList<>();
        for (String id : ids) {
            rows.add("{\"execId\":\"" + id + "\",\"symbol\":\"BTCUSDT\",\"price\":\"1.5\",\"size\":\"2\","
                    + "\"side\":\"Buy\",\"time\":\"" + feed.time.micros() / 1_000 + "\",\"seq\":\"5\"}");
        }
        String body = "{\"retCode\":0,\"result\":{\"list\":[" + String.join(",", rows) + "]}}";
        return new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8));
    }
}
