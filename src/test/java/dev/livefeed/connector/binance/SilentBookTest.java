package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A book without updates is compared with REST: the last ones may be lost on a connection that stays open. */
class SilentBookTest {

    private static final String FULL = "/api/v3/depth?symbol=BTCUSDT&limit=5000";
    private static final String SMALL = "/api/v3/depth?symbol=BTCUSDT&limit=100";

    // Only the comparison with REST is tried here: no connection is replaced, and no stream subscribed again.
    private final FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0,\"silent_depth_ms\":0}");

    private void synced() {
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        assertThat(feed.requests()).containsExactly(FULL);
        feed.answer(snapshot(100, "1"));
        feed.update(feed.link(), 101, "5");
        feed.lines.next();
    }

    private void silent() {
        feed.pass(Duration.ofSeconds(19));
        assertThat(feed.requests()).isEmpty();
        feed.pass(Duration.ofSeconds(2));
        assertThat(feed.requests()).containsExactly(SMALL);
    }

    private List<String> statuses() {
        return feed.lines.statuses().stream()
                .map(Status::status)
                .filter(status -> !status.equals("heartbeat"))
                .toList();
    }

    @Test
    void aSecondDepthIsReportedAsSubscribedBeforeItsBookIsWritten() {
        synced();
        feed.command(Kind.SUBSCRIBE, "depth.5");

        assertThat(statuses()).containsExactly(Subscribed.STATUS, Synced.STATUS);
        assertThat(feed.lines.next())
                .filteredOn(event -> !(event instanceof Heartbeat))
                .extracting(Event::getClass)
                .containsExactly(Subscribed.class, Depth.class, Synced.class);
    }

    @Test
    void aSecondDepthOfASuspectBookIsSuspectToo() {
        synced();
        feed.bids(feed.link(), 102, "[\"90.0\",\"none\"]");
        assertThat(statuses()).containsExactly(BookSuspect.STATUS);
        feed.command(Kind.SUBSCRIBE, "depth.5");

        assertThat(statuses()).containsExactly(BookSuspect.STATUS, Subscribed.STATUS, BookSuspect.STATUS);
        feed.pass(Duration.ofSeconds(1));
        feed.answer(snapshot(102, "7"));
        assertThat(feed.lines.statuses(Synced.STATUS))
                .extracting(Status::channel)
                .containsExactlyInAnyOrder("depth", "depth.5");
    }

    @Test
    void lostLastUpdatesAreNoticedAndTheBookIsSuspectUntilItIsRightAgain() {
        synced();
        silent();
        feed.answer(snapshot(103, "7"));
        assertThat(statuses()).isEmpty();
        feed.pass(Duration.ofSeconds(3));

        assertThat(statuses()).containsExactly(BookSuspect.STATUS);
        assertThat(feed.requests()).containsExactly(FULL);
        feed.answer(snapshot(103, "7"));
        assertThat(statuses()).containsExactly(BookSuspect.STATUS, Synced.STATUS);
        Depth last = feed.lines.depths().get(0);
        assertThat(last.lastUpdateId()).isEqualTo(103);
        assertThat(last.prevUpdateId()).isEqualTo(101);
        assertThat(last.bids().toString()).isEqualTo("[[100.00, 7]]");
        feed.update(feed.link(), 104, "8");
        assertThat(feed.lines.depths()).hasSize(2);
        assertThat(statuses()).doesNotContain(Resyncing.STATUS);
    }

    @Test
    void theSuspicionStaysUntilRestAnswers() {
        synced();
        silent();
        feed.answer(snapshot(103, "7"));
        feed.pass(Duration.ofSeconds(3));
        feed.swallow();
        feed.pass(Duration.ofSeconds(16));
        assertThat(statuses()).containsExactly(BookSuspect.STATUS);
        assertThat(feed.requests()).containsExactly(FULL);

        feed.answer(snapshot(103, "7"));
        assertThat(statuses()).containsExactly(BookSuspect.STATUS, Synced.STATUS);
    }

    @Test
    void anUpdateThatWasOnItsWayIsNoLoss() {
        synced();
        silent();
        feed.answer(snapshot(102, "7"));
        feed.pass(Duration.ofSeconds(1));
        feed.update(feed.link(), 102, "7");
        feed.pass(Duration.ofSeconds(10));

        assertThat(statuses()).isEmpty();
        assertThat(feed.requests()).isEmpty();
    }

    @Test
    void anOlderSnapshotIsNoEvidence() {
        synced();
        silent();
        feed.answer(snapshot(99, "9"));
        feed.pass(Duration.ofSeconds(10));

        assertThat(statuses()).isEmpty();
        assertThat(feed.requests()).isEmpty();
    }

    @Test
    void aBookThatIsRightIsComparedLessAndLessOften() {
        synced();
        silent();
        feed.answer(snapshot(101, "5"));
        int compared = 1;
        for (int second = 0; second < 1_200; second++) {
            feed.pass(Duration.ofSeconds(1));
            if (!feed.requests().isEmpty()) {
                assertThat(feed.requests()).containsExactly(SMALL);
                feed.answer(snapshot(101, "5"));
                compared++;
            }
        }

        // After 20, 40, 80, 160 and 300 s, and then every 300 s.
        assertThat(compared).isEqualTo(7);
        assertThat(statuses()).isEmpty();
        feed.update(feed.link(), 102, "7");
        silent();
    }
}
