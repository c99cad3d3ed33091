package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Synced;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A level whose numbers have no common scale with those of the book costs only itself. */
class UnfittingLevelTest {

    private final FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0,\"silent_depth_ms\":0}");

    @Test
    void theLevelIsLeftOutAndTheBookSuspectUntilASnapshotReplacesIt() {
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.answer(snapshot(100, "1"));
        feed.update(feed.link(), 101, "1234567890123");
        feed.pass(Duration.ofSeconds(6));
        assertThat(feed.requests()).isEmpty();
        feed.lines.next();

        feed.bids(feed.link(), 102, "[\"99.00\",\"0.0000001\"],[\"98.00\",\"5\"]");
        feed.bids(feed.link(), 103, "[\"97.00\",\"6\"]");

        assertThat(feed.lines.statuses(BookSuspect.STATUS))
                .singleElement()
                .satisfies(status -> assertThat(status.reason()).contains("no common scale"));
        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
        assertThat(feed.lines.depths()).hasSize(2);
        assertThat(feed.lines.depths().get(0).bids()).hasToString("[[98.00, 5]]");
        assertThat(feed.figures()).containsEntry("unreadable_rows_scale", 1L).containsEntry("book_gaps", 0L);

        feed.pass(Duration.ofSeconds(1));
        feed.answer(snapshot(104, "2"));
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(1);
        feed.bids(feed.link(), 105, "[\"99.00\",\"0.0000001\"]");
        assertThat(feed.lines.depths().get(feed.lines.depths().size() - 1).bids())
                .hasToString("[[99.00, 0.0000001]]");
    }
}
