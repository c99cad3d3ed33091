package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** History does not delay the requests that live data waits for. */
class HistoryYieldsTest {

    private static final String DEPTH = "/depth";
    private static final String TRADES = "/aggTrades";

    /** A full page of trades, which are older than what was asked for, so that no events come of them. */
    private static String page(long firstId, long millis) {
        StringBuilder rows = new StringBuilder("[");
        for (long id = firstId; id < firstId + 1_000; id++) {
            rows.append(id == firstId ? "" : ",")
                    .append("{\"a\":")
                    .append(id)
                    .append(",\"p\":\"100.00\",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":")
                    .append(millis)
                    .append(",\"m\":true,\"M\":true}");
        }
        return rows.append(']').toString();
    }

    private final FeedHarness feed = new FeedHarness("{\"history_dir\":\"none\"}");
    private long update = 100;

    private boolean asks(String path) {
        return feed.requests().stream().anyMatch(request -> request.contains(path));
    }

    private void synced() {
        feed.offsetMillis = 0L;
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.answer(FeedHarness.snapshot(update, "1"));
        for (int step = 0; step < 220; step++) {
            passWithUpdate();
        }
    }

    private void passWithUpdate() {
        feed.update(feed.link(), ++update, "5");
        feed.pass(Duration.ofMillis(50));
    }

    /** Answers pages as fast as they are asked for; returns how many. */
    private int pages(long from, Duration within) {
        int pages = 0;
        for (long left = within.toMillis(); left > 0; left -= 50) {
            List<String> requests = feed.requests();
            if (!requests.isEmpty()) {
                assertThat(requests).singleElement().asString().contains(TRADES);
                feed.answer(page(1 + pages * 1_000L, from - 1));
                pages++;
            }
            passWithUpdate();
        }
        return pages;
    }

    @Test
    void aSnapshotIsAskedForAtOnceThoughHistoryUsesAllThatItMay() {
        synced();
        long from = feed.millis() - 80_000_000L;
        feed.history(from, feed.millis());
        int pages = pages(from, Duration.ofMinutes(1));
        assertThat(pages).as("what is regained, and what was left").isBetween(800, 1_100);

        feed.command(Kind.RESYNC, "depth");

        assertThat(asks(DEPTH)).isTrue();
    }
}
