package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionRecycled;
import dev.livefeed.protocol.status.Resyncing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection that is replaced because of its age may have died before the next one carried its streams. */
class ReplacedConnectionTest {

    private static final String SNAPSHOT = "/api/v3/depth?symbol=BTCUSDT&limit=5000";

    private final FeedHarness feed = new FeedHarness("{\"recycle_after_ms\":10000,\"data_silence_ms\":0}");

    /** The book is right, and the next connection carries its stream from now on. */
    private int carriedByTheNext() {
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.answer(snapshot(100, "1"));
        int old = feed.link();
        feed.update(old, 101, "5");
        while (feed.link() == old) {
            feed.pass(Duration.ofMillis(50));
        }
        return old;
    }

    private void open() {
        feed.open();
        feed.accept();
    }

    private boolean replaced() {
        return !feed.lines.statuses(ConnectionRecycled.STATUS).isEmpty();
    }

    @Test
    void oneThatAnswersUntilThenHasMissedNothing() {
        carriedByTheNext();
        open();
        feed.pass(Duration.ofSeconds(3));

        assertThat(replaced()).isTrue();
        assertThat(feed.requests()).isEmpty();
    }

    @Test
    void booksOfOneThatDoesNotAnswerAreComparedWithASnapshot() {
        feed.mute = carriedByTheNext();
        open();
        feed.pass(Duration.ofSeconds(4));
        assertThat(replaced()).isFalse();
        feed.pass(Duration.ofMillis(1_500));
        assertThat(replaced()).isTrue();
        assertThat(feed.requests()).containsExactly(SNAPSHOT);

        // The updates 102 to 104 were lost with it, and none follows.
        feed.answer(snapshot(104, "9"));
        assertThat(feed.lines.depths()).last().satisfies(depth -> assertThat(depth.lastUpdateId())
                .isEqualTo(104));
    }

    @Test
    void booksOfOneThatSendsNothingWhileTheNextDoesAreComparedToo() {
        carriedByTheNext();
        open();
        feed.pass(Duration.ofMillis(500));
        feed.update(feed.link(), 102, "6");
        feed.pass(Duration.ofSeconds(3));

        assertThat(replaced()).isTrue();
        assertThat(feed.requests()).containsExactly(SNAPSHOT);
    }

    @Test
    void aBookThatTheNextOneCarriesIsComparedIfTheOldOneEndsBeforeAllStreamsAreCarried() {
        int old = carriedByTheNext();
        open();
        feed.command(Kind.SUBSCRIBE, "kline.1m");
        feed.end(old);

        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).hasSize(1);
        assertThat(feed.requests()).containsExactly(SNAPSHOT);
        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
    }

    @Test
    void dataOfBothIsNoReasonToCompareThem() {
        int old = carriedByTheNext();
        open();
        feed.pass(Duration.ofMillis(500));
        feed.update(feed.link(), 102, "6");
        feed.update(old, 102, "6");
        feed.pass(Duration.ofSeconds(3));

        assertThat(replaced()).isTrue();
        assertThat(feed.requests()).isEmpty();
    }
}
