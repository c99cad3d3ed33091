package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A venue that counts its trades and updates anew, as the testnet does after it was reset. */
class RestartedVenueTest {

    private final FeedHarness feed = new FeedHarness("{}");

    private void trades() {
        feed.command(Kind.SUBSCRIBE, "trades");
        feed.accept();
        feed.trade(feed.link(), 9_000);
        feed.trade(feed.link(), 9_001);
    }

    private void reconnect() {
        feed.end(feed.link());
        feed.pass(Duration.ofSeconds(5));
        feed.open();
        feed.accept();
    }

    @Test
    void lowerIdsOfNewerTradesAreAGapAndANewBeginning() {
        trades();
        reconnect();
        feed.answer("[]");
        for (int id = 1; id <= 3; id++) {
            feed.trade(feed.link(), id);
            feed.pass(Duration.ofMillis(50));
        }

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("9000", "9001", "1", "2", "3");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .contains("counts its trades anew", "1 follows 9001"));
    }

    @Test
    void whatIsBeingFetchedThenIsGivenUpAndLaterHolesAreFilled() {
        trades();
        reconnect();
        feed.trade(feed.link(), 1);
        feed.trade(feed.link(), 2);
        feed.swallow();
        feed.trade(feed.link(), 5);
        assertThat(feed.requests()).singleElement().asString().endsWith("&fromId=3");
        feed.answer("[" + feed.row(3) + "," + feed.row(4) + "," + feed.row(5) + "]");

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("9000", "9001", "1", "2", "3", "4", "5");
        assertThat(feed.lines.statuses(Gap.STATUS)).hasSize(1);
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
    }

    @Test
    void repeatedTradesAndASingleWrongIdAreNoNewBeginning() {
        trades();
        feed.pass(Duration.ofSeconds(5));
        feed.trade(feed.link(), 17);
        feed.trade(feed.link(), 9_002);
        feed.trade(feed.link(), 9_001);
        feed.trade(feed.link(), 9_002);
        feed.pass(Duration.ofSeconds(5));
        feed.trade(feed.link(), 18);
        feed.trade(feed.link(), 9_003);

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("9000", "9001", "9002", "9003");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void lowerIdsOfLaterUpdatesNeedANewSnapshot() {
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.answer(FeedHarness.snapshot(5_000, "1"));
        feed.update(feed.link(), 5_001, "2");
        for (int id = 11; id <= 35; id++) {
            feed.pass(Duration.ofMillis(500));
            feed.update(feed.link(), id, "3");
        }
        assertThat(feed.lines.statuses("resyncing")).singleElement().satisfies(stale -> assertThat(stale.reason())
                .contains("counts its updates anew"));
        feed.answer(FeedHarness.snapshot(34, "3"));
        assertThat(feed.lines.statuses("synced")).hasSize(2);
        assertThat(feed.lines.depths()).last().satisfies(book -> assertThat(book.lastUpdateId())
                .isEqualTo(35));
    }
}
