package dev.livefeed.connector.bybit;

import static dev.livefeed.connector.bybit.FeedHarness.BOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import dev.livefeed.protocol.status.Unsubscribed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookSyncTest {

    @Test
    void snapshotComesOutFirstThenSyncedThenDeltas() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        assertThat(feed.accept()).hasSize(1);
        feed.snapshot(100);
        feed.delta(101, "[\"100.2\",\"5\"]", "");

        List<Event> events = feed.lines.next();
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isInstanceOfSatisfying(Status.class, s -> {
            assertThat(s.status()).isEqualTo(Subscribed.STATUS);
            assertThat(s.id()).isEqualTo("c-1");
        });
        Depth snapshot = (Depth) events.get(1);
        assertThat(snapshot.snapshot()).isTrue();
        assertThat(snapshot.lastUpdateId()).isEqualTo(100);
        assertThat(snapshot.prevUpdateId()).isEqualTo(-1);
        assertThat(snapshot.levels()).isEqualTo(50);
        assertThat(snapshot.category()).isEqualTo("linear");
        assertThat(snapshot.bids().price(1)).isEqualByComparingTo("99.5");
        assertThat(snapshot.timestampMicros()).isEqualTo(feed.time.micros());
        assertThat(snapshot.receivedAt()).isEqualTo(feed.time.micros());
        assertThat(((Status) events.get(2)).status()).isEqualTo(Synced.STATUS);
        Depth delta = (Depth) events.get(3);
        assertThat(delta.snapshot()).isFalse();
        assertThat(delta.lastUpdateId()).isEqualTo(101);
        assertThat(delta.prevUpdateId()).isEqualTo(100);
        assertThat(delta.bids().price(0)).isEqualTo(new BigDecimal("100.2"));
        assertThat(delta.asks().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"102", "100", "99", "7"})
    void anyOtherNumberThanTheNextIsAGapAndNothingOfItComesOut(long updateId) {
        FeedHarness feed = FeedHarness.synced();

        feed.delta(updateId, "[\"100.2\",\"5\"]", "");

        List<Event> events = feed.lines.next();
        assertThat(events).hasSize(1);
        Status resyncing = (Status) events.get(0);
        assertThat(resyncing.status()).isEqualTo(Resyncing.STATUS);
        assertThat(resyncing.symbol()).isEqualTo("BTCUSDT");
        assertThat(resyncing.channel()).isEqualTo("depth");
        assertThat(resyncing.reason()).isEqualTo("update " + updateId + " follows 100");
    }

    @Test
    void aGapLeavesAndAsksForThatOneTopicOnTheSameConnection() {
        FeedHarness feed = FeedHarness.synced();
        feed.delta(105, "", "");

        List<String> left = feed.network.sent();
        assertThat(left).hasSize(1);
        assertThat(left.get(0)).contains("\"op\":\"unsubscribe\"", "[\"" + BOOK + "\"]");
        feed.delta(106, "[\"1\",\"1\"]", "");
        feed.accept(left.get(0));
        List<String> asked = feed.accept();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).contains("\"op\":\"subscribe\"", "[\"" + BOOK + "\"]");
        feed.pass(Duration.ofMillis(200));
        feed.snapshot(300);
        feed.delta(301, "[\"100.2\",\"5\"]", "");

        assertThat(feed.lines.depths()).extracting(Depth::lastUpdateId).containsExactly(300L, 301L);
        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly(Resyncing.STATUS, Synced.STATUS);
        assertThat(feed.lines.statuses(Synced.STATUS).get(0).details()).containsEntry("duration_ms", 200);
        assertThat(feed.network.closed).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("book_gaps", 1L).containsEntry("resyncs", 1L);
    }

    @Test
    void anUnsortedSnapshotComesOutBestFirstAndWithoutEmptyLevels() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.accept();

        feed.receive(feed.book(
                BOOK,
                "snapshot",
                100,
                "[\"99.5\",\"2\"],[\"98\",\"0.000\"],[\"100.0\",\"1\"]",
                "[\"101\",\"4\"],[\"100.5\",\"3\"]"));

        assertThat(feed.lines.depths().get(0).bids()).hasToString("[[100.0, 1.000], [99.5, 2.000]]");
        assertThat(feed.lines.depths().get(0).asks()).hasToString("[[100.5, 3], [101.0, 4]]");
    }

    @Test
    void crossedBookIsNotEmitted() {
        FeedHarness feed = FeedHarness.synced();

        feed.delta(101, "[\"100.5\",\"5\"]", "");

        assertThat(feed.lines.depths()).isEmpty();
        assertThat(feed.lines.statuses(Resyncing.STATUS).get(0).reason())
                .isEqualTo("the book is crossed after update 101: bid 100.5, ask 100.5");
    }

    @Test
    void anUpdateThatMakesTheBookTooDeepIsAFaultAndFromThenOnTheLevelsBeyondAreLeftOut() {
        FeedHarness feed = FeedHarness.synced();
        StringBuilder bids = new StringBuilder();
        for (int i = 0; i < 49; i++) {
            bids.append(i == 0 ? "" : ",").append("[\"").append(50 + i).append("\",\"1\"]");
        }

        feed.delta(101, bids.toString(), "");
        assertThat(feed.lines.depths()).isEmpty();
        assertThat(feed.lines.statuses(Resyncing.STATUS))
                .singleElement()
                .extracting(Status::reason)
                .isEqualTo("update 101 makes the book deeper than 50 levels");
        feed.accept();
        feed.accept();
        feed.snapshot(200);
        int before = feed.lines.depths().size();

        feed.delta(201, bids.toString(), "");
        feed.delta(202, "[\"50\",\"2\"]", "");
        feed.delta(203, "[\"98\",\"0\"]", "");

        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        List<Depth> depths =
                feed.lines.depths().subList(before, feed.lines.depths().size());
        assertThat(depths).hasSize(3);
        assertThat(depths.get(0).snapshot())
                .as("the update does not say what was removed")
                .isTrue();
        assertThat(depths.get(0).bids().size()).isEqualTo(50);
        assertThat(depths.get(1).bids().toString()).doesNotContain("[50");
        assertThat(depths.get(2).snapshot()).isFalse();
        assertThat(feed.feed.figures()).containsEntry("truncated_books", 2L).containsEntry("resyncs", 1L);
    }

    @Test
    void aLevelThatCannotBeReadMakesTheBookSuspectAndItIsSubscribedAgainOnceAMinute() {
        FeedHarness feed = FeedHarness.synced();
        feed.delta(101, "[\"x\",\"1\"],[\"99.0\",\"4\"]", "");

        assertThat(feed.lines.depths()).singleElement().satisfies(depth -> assertThat(depth.bids())
                .hasToString("[[99.0, 4]]"));
        assertThat(feed.lines.statuses(BookSuspect.STATUS)).hasSize(1);
        feed.pass(Duration.ofMillis(50));
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        feed.accept();
        feed.accept();
        feed.snapshot(200);
        feed.delta(201, "[\"x\",\"1\"]", "");
        feed.answerPings(Duration.ofSeconds(50));

        assertThat(feed.lines.statuses(BookSuspect.STATUS)).hasSize(2);
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        feed.answerPings(Duration.ofSeconds(11));
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(2);
    }

    @Test
    void aLevelWhoseNumbersDoNotFitTheBookIsLeftOutAlone() {
        FeedHarness feed = FeedHarness.synced();
        feed.delta(101, "[\"99.0\",\"1234567890123\"]", "");
        feed.lines.next();

        feed.delta(102, "[\"98.0\",\"0.0000001\"],[\"97.0\",\"5\"]", "");
        feed.delta(103, "[\"98.0\",\"0.0000002\"]", "");
        feed.delta(104, "[\"96.0\",\"6\"]", "");

        List<Depth> depths = feed.lines.depths();
        assertThat(depths).extracting(Depth::snapshot).containsExactly(true, true, false);
        assertThat(depths.get(1).bids()).hasToString("[[100.0, 1], [99.5, 2], [99.0, 1234567890123], [97.0, 5]]");
        assertThat(feed.lines.statuses(BookSuspect.STATUS))
                .singleElement()
                .satisfies(status -> assertThat(status.reason()).contains("no common scale"));
        assertThat(feed.feed.figures())
                .containsEntry("unreadable_rows_scale", 2L)
                .containsEntry("book_gaps", 0L);

        feed.pass(Duration.ofMillis(50));
        feed.accept();
        feed.accept();
        feed.snapshot(200);
        assertThat(feed.lines.statuses("synced")).hasSize(1);
    }

    @Test
    void aLevelOfASnapshotThatCannotBeReadMakesTheBookSuspect() {
        FeedHarness feed = FeedHarness.synced();
        feed.lines.next();
        String damaged = feed.book(BOOK, "snapshot", 200, "[\"100.0\",\"x\"],[\"99.5\",\"2\"]", "[\"100.5\",\"3\"]");

        feed.receive(damaged);
        feed.receive(damaged);

        assertThat(feed.lines.depths()).hasSize(2);
        assertThat(feed.lines.statuses(BookSuspect.STATUS)).hasSize(1);
        feed.pass(Duration.ofMillis(50));
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        feed.accept();
        feed.accept();
        feed.receive(damaged);
        assertThat(feed.lines.next().stream()
                        .filter(event -> event instanceof Synced || event instanceof BookSuspect)
                        .map(event -> ((Status) event).status())
                        .toList())
                .endsWith(Synced.STATUS, BookSuspect.STATUS);
    }

    @Test
    void ofATopicThatCannotBeReadTheCauseIsReportedAndItsConnectionStays() {
        FeedHarness feed = FeedHarness.synced();
        for (int i = 0; i < 40; i++) {
            feed.receive(feed.book(FeedHarness.BOOK, "snapshot", 7, "", "").replace("\"u\":7", "\"u\":\"seven\""));
            feed.answerPings(Duration.ofMillis(900));
            feed.accept();
        }

        assertThat(feed.lines.statuses(TopicUnreadable.STATUS)).singleElement().satisfies(unreadable -> {
            assertThat(unreadable.reason()).contains("u is \"seven\"");
            assertThat(unreadable.details()).containsEntry("topic", FeedHarness.BOOK);
        });
        assertThat(feed.network.closed).isEmpty();
    }

    @Test
    void aSnapshotDeeperThanItsTopicIsTruncated() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.accept();
        StringBuilder bids = new StringBuilder();
        for (int i = 0; i < 51; i++) {
            bids.append(i == 0 ? "" : ",").append("[\"").append(100 - i).append("\",\"1\"]");
        }

        feed.receive(feed.book(FeedHarness.BOOK, "snapshot", 7, bids.toString(), "[\"101\",\"1\"]"));

        assertThat(feed.lines.depths())
                .singleElement()
                .satisfies(depth -> assertThat(depth.bids().size()).isEqualTo(50));
    }

    @Test
    void updateOneAndASnapshotInMidStreamReplaceTheBookWithoutAGap() {
        FeedHarness feed = FeedHarness.synced();

        feed.receive(feed.book(BOOK, "delta", 1, "[\"90\",\"1\"]", "[\"91\",\"1\"]"));
        feed.delta(2, "[\"90.5\",\"1\"]", "");
        feed.receive(feed.book(BOOK, "snapshot", 3, "[\"80\",\"1\"]", "[\"81\",\"1\"]"));
        feed.receive(feed.book(BOOK, "snapshot", 2, "", ""));

        assertThat(feed.lines.statuses()).isEmpty();
        assertThat(feed.lines.depths()).extracting(Depth::snapshot).containsExactly(true, false, true, true);
        assertThat(feed.lines.depths()).extracting(Depth::lastUpdateId).containsExactly(1L, 2L, 3L, 2L);
        assertThat(feed.lines.depths().get(3).bids().isEmpty()).isTrue();
    }

    @Test
    void deepOneRepeatsItsSnapshotWithoutAGap() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth.1", "BTCUSDT", "c-1");
        feed.accept();
        String topic = "orderbook.1.BTCUSDT";
        for (int i = 0; i < 3; i++) {
            feed.receive(feed.book(topic, "snapshot", 7, "[\"90\",\"1\"]", "[\"91\",\"1\"]"));
        }

        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(1);
        assertThat(feed.lines.depths()).allMatch(d -> d.snapshot() && d.levels() == 1);
        assertThat(feed.feed.figures()).containsEntry("book_repeats", 2L).containsEntry("book_gaps", 0L);
    }

    @Test
    void deletesOfAbsentPricesAreCountedAndHarmless() {
        FeedHarness feed = FeedHarness.synced();

        feed.delta(101, "[\"42\",\"0\"]", "[\"200\",\"0.000\"]");

        assertThat(feed.lines.depths()).hasSize(1);
        assertThat(feed.lines.statuses()).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("absent_deletes", 2L);
    }

    @Test
    void deltaBeforeTheSnapshotIsIgnoredAndMeansAResyncWhenNoneFollows() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.accept();
        feed.lines.next();
        feed.delta(55, "[\"1\",\"1\"]", "");
        feed.pass(Duration.ofMillis(900));
        assertThat(feed.lines.events()).isEmpty();

        feed.pass(Duration.ofMillis(200));

        assertThat(feed.lines.depths()).isEmpty();
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        assertThat(feed.network.sent()).singleElement().asString().contains("unsubscribe");
    }

    @Test
    void threeAttemptsWithoutASnapshotMakeTheConnectionNewOnceAndThenTheTopicIsDegraded() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        int seconds = 0;
        while (feed.network.closed.isEmpty() && seconds < 40) {
            feed.accept();
            feed.pass(Duration.ofSeconds(1));
            seconds++;
        }
        assertThat(feed.network.closed).hasSize(1);
        assertThat(seconds).isBetween(14, 25);
        assertThat(feed.lines.statuses(ConnectionDown.STATUS).get(0).reason())
                .contains("did not recover in 3 attempts");

        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        for (int i = 0; i < 60; i++) {
            feed.accept();
            feed.pass(Duration.ofSeconds(1));
        }

        assertThat(feed.network.closed).hasSize(1);
        assertThat(feed.lines.statuses(Degraded.STATUS)).hasSize(1);
        feed.accept();
        feed.answerPings(Duration.ofSeconds(61));
        assertThat(feed.network.sent()).anyMatch(s -> s.contains("unsubscribe"));
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
        feed.accept();
        feed.snapshot(9);
        assertThat(feed.lines.depths()).isEmpty();
    }

    @Test
    void aBookThatIsRightAgainBeforeItWasLeftIsNotLeft() {
        FeedHarness feed = FeedHarness.synced();
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "ETHUSDT", null, "c-2"));
        feed.refuse(feed.network.sent().get(0), "too many requests");
        feed.delta(500, "", "");
        assertThat(feed.network.sent()).isEmpty();
        feed.snapshot(600);
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(1);

        feed.pass(Duration.ofMillis(1_300));
        feed.accept();
        feed.delta(601, "[\"100.2\",\"5\"]", "");

        assertThat(feed.network.all).noneMatch(sent -> sent.text().contains("\"unsubscribe\""));
        assertThat(feed.lines.depths()).last().satisfies(depth -> assertThat(depth.lastUpdateId())
                .isEqualTo(601));
    }

    @Test
    void aBookThatIsRightWhenItsTopicIsAskedForAnewIsSaidToBeStale() {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        String request = feed.network.sent().get(0);
        feed.snapshot(100);
        feed.delta(500, "", "");
        feed.snapshot(600);
        feed.accept(request);
        feed.accept();
        feed.accept();
        feed.snapshot(700);

        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(2);
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(3);
    }

    @Test
    void commandsForABookThatIsRightAgainBeforeItWasLeftAreAnswered() {
        FeedHarness feed = FeedHarness.synced();
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "ETHUSDT", null, "c-2"));
        feed.refuse(feed.network.sent().get(0), "too many requests");
        feed.delta(500, "", "");
        feed.command(new Command(Kind.SUBSCRIBE, "depth", "BTCUSDT", null, "c-3"));
        feed.snapshot(600);

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .contains("c-3");
    }

    @Test
    void aBookThatIsRightAgainIsLeftAllTheSameWhereACommandWantsIt() {
        FeedHarness feed = FeedHarness.synced();
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "ETHUSDT", null, "c-2"));
        feed.refuse(feed.network.sent().get(0), "too many requests");
        feed.delta(500, "", "");
        feed.command(new Command(Kind.UNSUBSCRIBE, "depth", "BTCUSDT", null, "u-3"));
        feed.command(new Command(Kind.SUBSCRIBE, "depth", "BTCUSDT", null, "c-3"));
        feed.snapshot(600);
        feed.pass(Duration.ofMillis(1_300));
        feed.accept();
        feed.accept();

        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .contains("u-3");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .contains("c-3");
    }

    @Test
    void manyBooksWithoutSnapshotsHaveTheConnectionMadeAnewOnceTogether() {
        FeedHarness feed = FeedHarness.open();
        for (int i = 0; i < 5; i++) {
            feed.command(Kind.SUBSCRIBE, "depth", "S" + i, "c-" + i);
        }
        for (int second = 0; second < 240; second++) {
            feed.accept();
            int closed = feed.network.closed.size();
            feed.pass(Duration.ofSeconds(1));
            if (feed.network.closed.size() > closed) {
                feed.pass(Duration.ofSeconds(1));
                feed.connect();
            }
        }

        assertThat(feed.network.closed).hasSize(1);
        assertThat(feed.lines.statuses(Degraded.STATUS)).hasSize(5);
    }

    @Test
    void aBookThatBreaksAgainAndAgainWaitsLongerBeforeEachAttempt() {
        FeedHarness feed = FeedHarness.synced();
        int requests = 0;
        for (int i = 0; i < 400; i++) {
            feed.delta(5_000, "", "");
            if (feed.accept().stream().anyMatch(sent -> sent.contains("\"subscribe\""))) {
                requests++;
                feed.snapshot(100);
            }
            feed.pass(Duration.ofMillis(50));
        }

        // 20 s of repeated breaks: about five waits of 0.5 + 1 + 2 + 4 + 8 s, not hundreds of requests.
        assertThat(requests).isBetween(4, 12);
    }

    @Test
    void unreadableFrameOfABookIsALostUpdate() {
        FeedHarness feed = FeedHarness.synced();

        feed.receive(
                "{\"topic\":\"" + BOOK + "\",\"type\":\"delta\",\"ts\":1790000000000,\"data\":{\"b\":[[\"x\",\"1\"]]");

        assertThat(feed.lines.statuses(Resyncing.STATUS).get(0).reason()).startsWith("a frame could not be read");
        assertThat(feed.feed.figures()).containsEntry("unreadable_frames", 1L);
    }

    @Test
    void aCommandAsksForAFreshSnapshotAndASecondOneJoins() {
        FeedHarness feed = FeedHarness.synced();
        feed.command(Kind.RESYNC, "depth", "BTCUSDT", "c-7");
        feed.command(Kind.RESYNC, "depth", "BTCUSDT", "c-8");

        assertThat(feed.lines.statuses(Resyncing.STATUS)).extracting(Status::id).containsExactly("c-7", "c-8");
        assertThat(feed.accept()).hasSize(1);
        assertThat(feed.accept()).hasSize(1);
        feed.snapshot(500);
        assertThat(feed.lines.depths()).extracting(Depth::lastUpdateId).containsExactly(500L);
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(1);
    }

    @Test
    void resyncOfNothingIsRefused() {
        FeedHarness feed = FeedHarness.open();

        feed.command(Kind.RESYNC, "depth", "BTCUSDT", "c-7");
        feed.command(Kind.RESYNC, "trades", "BTCUSDT", "c-8");

        assertThat(feed.lines.failures()).extracting(f -> f.id()).containsExactly("c-7", "c-8");
    }

    @Test
    void afterAReconnectNothingComesOutBeforeTheSnapshot() {
        FeedHarness feed = FeedHarness.synced();
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        assertThat(feed.accept()).anyMatch(s -> s.contains(BOOK));
        feed.delta(101, "[\"100.2\",\"5\"]", "");
        assertThat(feed.lines.depths()).isEmpty();

        feed.snapshot(700);
        feed.delta(701, "[\"100.2\",\"5\"]", "");

        assertThat(feed.lines.depths()).extracting(Depth::lastUpdateId).containsExactly(700L, 701L);
        assertThat(feed.lines.statuses())
                .extracting(Status::status)
                .containsExactly(ConnectionDown.STATUS, ConnectionUp.STATUS, Subscribed.STATUS, Synced.STATUS);
    }

    @Test
    void twoDepthsOfASymbolAreTwoBooks() {
        FeedHarness feed = FeedHarness.synced();
        feed.command(Kind.SUBSCRIBE, "depth.200", "BTCUSDT", "c-2");
        feed.accept();

        feed.receive(feed.book("orderbook.200.BTCUSDT", "snapshot", 9, "[\"10\",\"1\"]", "[\"11\",\"1\"]"));
        feed.delta(101, "[\"100.2\",\"5\"]", "");

        assertThat(feed.lines.depths()).extracting(Depth::levels).containsExactly(200, 50);
        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
    }
}
