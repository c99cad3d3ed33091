package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A level that cannot be read costs only itself: the rest is used, and the book is suspect until all is known. */
class UnreadableLevelTest {

    private static final String DAMAGED = "{\"lastUpdateId\":103,\"bids\":[[\"100.00\",\"x\"],[\"99.50\",\"2\"]],"
            + "\"asks\":[[\"100.50\",\"3\"],[\"101.00\",\"4\"]]}";

    private final FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0,\"silent_depth_ms\":0}");

    private void synced() {
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.answer(snapshot(100, "1"));
        feed.lines.next();
    }

    private List<String> statuses() {
        return feed.lines.statuses().stream()
                .map(Status::status)
                .filter(status -> !status.equals("heartbeat"))
                .toList();
    }

    private String lastBids() {
        List<Depth> depths = feed.lines.depths();
        return depths.get(depths.size() - 1).bids().toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"100.00\",\"x\"]",
                "[\"100.00\",\"-1\"]",
                "[\"100.00\",null]",
                "[\"100.00\",{}]",
                "[\"100.00\"]",
                "[\"100.00\",[]]"
            })
    void aLevelWhoseSizeCannotBeReadIsDeletedAndTheRestIsUsed(String level) {
        synced();
        feed.bids(feed.link(), 101, level + ",[\"99.50\",\"7\"]");

        assertThat(lastBids()).isEqualTo("[[100.00, 0], [99.50, 7]]");
        assertThat(statuses()).containsExactly(BookSuspect.STATUS);
        feed.pass(Duration.ofMillis(100));
        assertThat(feed.requests()).hasSize(1);
        feed.answer(snapshot(101, "5"));
        assertThat(statuses()).containsExactly(BookSuspect.STATUS, Synced.STATUS);
        assertThat(lastBids()).contains("[100.00, 5]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"x\",\"1\"]", "[\"0\",\"1\"]", "[]", "null", "7", "{}", "[null,null]", "[[],[]]"})
    void aLevelWhosePriceCannotBeReadIsLeftOut(String level) {
        synced();
        feed.bids(feed.link(), 101, level + ",[\"99.50\",\"7\"]");
        feed.update(feed.link(), 102, "6");

        assertThat(lastBids()).isEqualTo("[[100.00, 6]]");
        assertThat(feed.lines.depths()).hasSize(2);
        assertThat(statuses()).contains(BookSuspect.STATUS).doesNotContain(Resyncing.STATUS);
    }

    @Test
    void levelsThatStayUnreadableCostOneSnapshotAMinuteAndNoResync() {
        synced();
        int fetched = 0;
        long id = 100;
        for (int i = 0; i < 600; i++) {
            id++;
            feed.bids(feed.link(), id, "[\"x\",\"1\"],[\"99.50\",\"" + id + "\"]");
            feed.pass(Duration.ofMillis(500));
            if (!feed.requests().isEmpty()) {
                fetched++;
                feed.answer(snapshot(id, "5"));
            }
        }

        assertThat(fetched).isBetween(5, 9);
        assertThat(statuses()).doesNotContain(Resyncing.STATUS);
        assertThat(statuses().stream().filter(BookSuspect.STATUS::equals)).hasSizeLessThanOrEqualTo(10);
        assertThat(feed.lines.depths()).hasSizeGreaterThanOrEqualTo(600);
        assertThat(feed.figures().get("unreadable_frames")).isEqualTo(0L);
        assertThat(feed.figures().get(UnreadableReason.NUMBER.figure())).isEqualTo(600L);
    }

    @Test
    void aSnapshotWithSuchALevelIsUsedAndSuspectAndFetchedAgainWithGrowingWaits() {
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.answer(DAMAGED);

        assertThat(statuses()).contains(Synced.STATUS, BookSuspect.STATUS);
        assertThat(lastBids()).isEqualTo("[[99.50, 2]]");
        int fetched = 0;
        for (int i = 0; i < 240; i++) {
            feed.pass(Duration.ofSeconds(1));
            if (!feed.requests().isEmpty()) {
                fetched++;
                feed.answer(DAMAGED);
            }
        }
        assertThat(fetched).isBetween(4, 8);
        assertThat(statuses()).doesNotContain(Resyncing.STATUS);
        assertThat(statuses().stream().filter(BookSuspect.STATUS::equals)).hasSize(1);
        for (int i = 0; i < 61 && feed.requests().isEmpty(); i++) {
            feed.pass(Duration.ofSeconds(1));
        }
        feed.answer(snapshot(104, "5"));

        assertThat(statuses().stream().filter(Synced.STATUS::equals)).hasSize(2);
        assertThat(lastBids()).contains("[100.00, 5]");
    }

    @Test
    void aSnapshotThatFailsIsAskedAgain() {
        synced();
        feed.bids(feed.link(), 101, "[\"100.00\",\"x\"]");
        feed.pass(Duration.ofMillis(100));
        feed.answer("{}");
        assertThat(statuses()).containsExactly(BookSuspect.STATUS);
        feed.pass(Duration.ofSeconds(11));
        feed.answer(snapshot(101, "5"));

        assertThat(statuses()).containsExactly(BookSuspect.STATUS, Synced.STATUS);
    }

    @Test
    void aStreamOfWhichMostLevelsCannotBeReadIsReported() {
        synced();
        for (int i = 1; i <= 20; i++) {
            feed.bids(feed.link(), 100 + i, "[\"x\",\"1\"],[\"y\",\"2\"]");
        }

        assertThat(feed.lines.statuses(TopicUnreadable.STATUS)).hasSize(1);
    }
}
