package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Synced;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A book of an instrument that is not trading is rarely asked for, and at once when it begins to trade. */
class PhaseWithoutDataTest {

    /** In an auction, bids may be above asks. */
    private static final String CROSSED = "{\"lastUpdateId\":5,\"bids\":[[\"101\",\"1\"]],\"asks\":[[\"100\",\"1\"]]}";

    private final FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0,\"silent_depth_ms\":0}");

    @BeforeEach
    void subscribe() {
        feed.list("AUCTION_MATCH");
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        answeredUntilListed();
    }

    private void answeredUntilListed() {
        for (int second = 0; second < 120 && feed.listings() == 0; second++) {
            answered(Duration.ofSeconds(1));
        }
        assertThat(feed.listings()).isEqualTo(1);
    }

    private int answered(Duration duration) {
        int answered = 0;
        for (long second = 0; second < duration.toSeconds(); second++) {
            feed.pass(Duration.ofSeconds(1));
            if (!feed.requests().isEmpty()) {
                feed.answer(CROSSED);
                answered++;
            }
        }
        return answered;
    }

    @Test
    void itsSnapshotIsAskedForOnceAMinute() {
        answered(Duration.ofSeconds(10));

        assertThat(answered(Duration.ofMinutes(10))).isBetween(9, 11);
        assertThat(feed.lines.statuses(Degraded.STATUS)).isEmpty();
    }

    @Test
    void itIsAskedForAtOnceWhenTheInstrumentBeginsToTrade() {
        answered(Duration.ofSeconds(10));
        feed.list("TRADING");
        answeredUntilListed();
        feed.pass(Duration.ofSeconds(1));
        assertThat(feed.requests()).hasSize(1);
        feed.answer(snapshot(6, "1"));

        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(1);
    }

    @Test
    void whileItTradesItIsAskedForEveryFewSeconds() {
        feed.list("TRADING");
        answeredUntilListed();

        assertThat(answered(Duration.ofMinutes(1))).isGreaterThan(8);
        assertThat(feed.lines.statuses(Degraded.STATUS)).hasSize(1);
    }
}
