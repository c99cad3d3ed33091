package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Unsubscribed;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    @Test
    void connectsAtOnceAndPingsFromTheMomentOfConnecting() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();
        assertThat(feed.network.opened).containsExactly(URI.create("wss://stream.bybit.com/v5/public/linear"));
        assertThat(feed.lines.events()).isEmpty();

        feed.connect();

        assertThat(feed.network.sent()).containsExactly("{\"op\":\"ping\"}");
        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly(ConnectionUp.STATUS);
        assertThat(feed.lines.statuses().get(0).details()).doesNotContainKey("synthetic");
    }

    @Test
    void madeUpDataIsLabelledInTheStatusAndInEveryEvent() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();
        feed.feed.opened(feed.network.lastLink(), true);
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.accept();
        feed.snapshot(1);
        feed.receive(feed.trade("BTCUSDT", "t-1"));

        assertThat(feed.lines.statuses(ConnectionUp.STATUS).get(0).details()).containsEntry("synthetic", true);
        assertThat(feed.lines.trades()).singleElement().satisfies(t -> assertThat(t.synthetic())
                .isTrue());
        assertThat(feed.lines.depths()).singleElement().satisfies(d -> assertThat(d.synthetic())
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"x\",\"op\":\"ping\"}",
                "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"x\",\"req_id\":\"\",\"op\":\"ping\"}",
                "{\"args\":[\"1672916271846\"],\"op\":\"pong\"}",
                "{\"req_id\":\"test\",\"op\":\"pong\",\"args\":[\"1\"],\"conn_id\":\"x\"}",
                "{\"retCode\":0,\"retMsg\":\"OK\",\"op\":\"pong\",\"data\":[\"1\"],\"connId\":\"x\"}"
            })
    void everyShapeOfPongKeepsTheConnection(String pong) {
        FeedHarness feed = FeedHarness.open();
        for (int i = 0; i < 60; i++) {
            feed.pass(Duration.ofSeconds(1));
            if (feed.network.takePing()) {
                feed.receive(pong);
            }
        }

        assertThat(feed.network.closed).isEmpty();
        assertThat((long) feed.feed.figures().get("pings")).isBetween(4L, 6L);
    }

    @Test
    void aPingWithoutAPongOnASilentConnectionMeansDeath() {
        FeedHarness feed = FeedHarness.open();
        feed.pass(Duration.ofMillis(15_100));
        assertThat(feed.network.takePing()).isTrue();
        feed.pass(Duration.ofMillis(4_800));
        assertThat(feed.network.closed).isEmpty();

        feed.pass(Duration.ofMillis(400));

        assertThat(feed.network.closed).hasSize(1);
        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly(ConnectionDown.STATUS);
        assertThat(feed.lines.statuses().get(0).reason()).isEqualTo("no pong and nothing else within 5000 ms");
    }

    @Test
    void aBusyConnectionThatFallsSilentIsFoundDeadWithinSevenSeconds() {
        FeedHarness feed = FeedHarness.synced();
        feed.pass(Duration.ofSeconds(1));
        feed.delta(101, "", "");

        feed.pass(Duration.ofMillis(7_200));

        assertThat(feed.network.closed).hasSize(1);
    }

    @Test
    void missingPongsAmongOtherFramesMeanDeathOnlyAtTheThird() {
        FeedHarness feed = FeedHarness.synced();
        int seconds = 0;
        long updateId = 100;
        while (feed.network.closed.isEmpty() && seconds < 120) {
            feed.pass(Duration.ofSeconds(1));
            feed.delta(++updateId, "", "");
            seconds++;
        }

        assertThat(seconds).isBetween(48, 52);
        assertThat(feed.lines.statuses(ConnectionDown.STATUS).get(0).reason()).isEqualTo("no pong to 3 pings in a row");
    }

    @Test
    void aPauseOfTheProcessItselfIsNotHeldAgainstTheOtherSide() {
        FeedHarness feed = FeedHarness.open();
        feed.pass(Duration.ofMillis(15_100));
        feed.time.advance(Duration.ofSeconds(30));
        feed.feed.tick();
        assertThat(feed.network.closed).isEmpty();

        feed.accept(SubscribeRequest.PING);
        feed.pass(Duration.ofSeconds(4));

        assertThat(feed.network.closed).isEmpty();
    }

    @Test
    void waitsBetweenAttemptsDoubleToTenSecondsAndConnectingAloneDoesNotResetThem() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();
        List<Integer> waits = new ArrayList<>();
        for (int attempt = 0; attempt < 8; attempt++) {
            feed.connect();
            feed.disconnect();
            waits.add((Integer) feed.lines
                    .statuses(ConnectionDown.STATUS)
                    .get(attempt)
                    .details()
                    .get("retry_in_ms"));
            feed.pass(Duration.ofSeconds(11));
            assertThat(feed.network.opened).hasSize(attempt + 2);
        }

        int[] nominal = {500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000};
        for (int i = 0; i < nominal.length; i++) {
            assertThat(waits.get(i)).isBetween((int) (nominal[i] * 0.79), Math.min(10_000, (int) (nominal[i] * 1.21)));
        }
        assertThat(waits).doesNotHaveDuplicates().isNotEqualTo(List.of(nominal));
    }

    @Test
    void dataResetsTheWaits() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        for (int i = 0; i < 6; i++) {
            feed.disconnect();
            feed.pass(Duration.ofSeconds(11));
            feed.connect();
        }
        feed.accept();
        feed.receive(feed.trade("BTCUSDT", "t-1"));
        feed.lines.next();

        feed.disconnect();

        assertThat((int) feed.lines.statuses().get(0).details().get("retry_in_ms"))
                .isLessThan(610);
    }

    @Test
    void refusedHandshakesAreTriedAgainAsLateAsTheVenueAsks() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();
        List<Integer> waits = new ArrayList<>();
        for (int status : new int[] {403, 403, 403, 429, 429, 502}) {
            feed.feed.closed(feed.network.lastLink(), "refused", status);
            feed.outbox.flush();
            List<Status> lost = feed.lines.statuses(ConnectionDown.STATUS);
            waits.add((Integer) lost.get(lost.size() - 1).details().get("retry_in_ms"));
            int opened = feed.network.opened.size();
            while (feed.network.opened.size() == opened) {
                feed.pass(Duration.ofMillis(500));
            }
        }

        int[] nominal = {10_000, 20_000, 40_000, 5_000, 10_000, 500};
        for (int i = 0; i < nominal.length; i++) {
            assertThat(waits.get(i)).isBetween((int) (nominal[i] * 0.79), (int) (nominal[i] * 1.21));
        }
    }

    @Test
    void steadyDataThatStopsWhileOnlyPongsComeMeansDeathEvenIfRestDoesNotAnswer() {
        FeedHarness feed = FeedHarness.synced();
        for (int i = 1; i <= 100; i++) {
            feed.delta(100 + i, "", "");
            feed.answerPings(Duration.ofMillis(100));
        }
        feed.answerPings(Duration.ofMillis(9_700));
        assertThat(feed.network.closed).isEmpty();

        // REST is asked; the book is subscribed again, and that request is not answered either.
        feed.answerPings(Duration.ofSeconds(30));

        assertThat(feed.network.closed).isNotEmpty();
        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).isNotEmpty();
    }

    @Test
    void aQuietMarketIsNotTakenForDead() {
        FeedHarness feed = FeedHarness.synced();
        for (int i = 1; i <= 40; i++) {
            feed.delta(100 + i, "", "");
            feed.answerPings(Duration.ofSeconds(5));
        }

        feed.answerPings(Duration.ofSeconds(100));

        assertThat(feed.network.closed).isEmpty();
    }

    @Test
    void aConnectionThatDoesNotOpenIsGivenUp() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();

        feed.pass(Duration.ofSeconds(17));

        assertThat(feed.network.closed).hasSize(1);
        assertThat(feed.network.opened).hasSize(2);
        assertThat(feed.lines.statuses(ConnectionDown.STATUS).get(0).reason())
                .isEqualTo("the connection did not open within 15 s");
    }

    @Test
    void wordsFromAConnectionThatWasGivenUpChangeNothing() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();
        int old = feed.network.lastLink();
        feed.pass(Duration.ofSeconds(17));
        feed.connect();
        feed.lines.next();

        feed.feed.closed(old, "late", 0);
        feed.feed.opened(old, false);
        feed.feed.frame(old, new byte[] {'x'}, 0, 1, 1);
        feed.outbox.flush();

        assertThat(feed.lines.events()).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("frames", 0L);
    }

    @Test
    void everyWantedTopicIsAskedForAgainAfterAReconnect() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.command(Kind.SUBSCRIBE, "trades", "ETHUSDT", "c-3");
        feed.accept();
        feed.command(Kind.UNSUBSCRIBE, "trades", "ETHUSDT", "c-4");
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.network.sent();

        feed.connect();

        assertThat(feed.accept())
                .anyMatch(s -> s.contains("[\"orderbook.50.BTCUSDT\",\"publicTrade.BTCUSDT\"]"))
                .noneMatch(s -> s.contains("ETHUSDT"));
        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-4");
    }

    @Test
    void stopClosesTheConnection() {
        FeedHarness feed = FeedHarness.open();

        feed.feed.stop();

        assertThat(feed.network.closed).containsExactly(feed.network.lastLink());
    }
}
