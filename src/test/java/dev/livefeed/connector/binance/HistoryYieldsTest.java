package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.sdk.command.Command.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    private static boolean asks(FeedHarness feed, String path) {
        return feed.requests().stream().anyMatch(request -> request.contains(path));
    }

    /** Answers pages as fast as they are asked for; returns how many. */
    private static int pages(FeedHarness feed, long from, Duration within) {
        int pages = 0;
        for (long left = within.toMillis(); left > 0; left -= 50) {
            List<String> requests = feed.requests();
            if (!requests.isEmpty()) {
                assertThat(requests).singleElement().asString().contains(TRADES);
                feed.answer(page(1 + pages * 1_000L, from - 1));
                pages++;
            }
            feed.pass(Duration.ofMillis(50));
        }
        return pages;
    }

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void aSnapshotIsAskedForAtOnceThoughHistoryUsesAllThatItMay(BinanceMarket market) {
        FeedHarness feed = new FeedHarness("{\"history_dir\":\"none\"}", market);
        feed.offsetMillis = 0L;
        feed.pass(Duration.ofSeconds(11));
        long from = feed.millis() - 80_000_000L;
        feed.history(from, feed.millis());
        feed.pass(Duration.ofMillis(100));
        assertThat(asks(feed, TRADES)).isTrue();
        int pages = pages(feed, from, Duration.ofMinutes(1));

        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.bids(feed.link(), 7, "[\"100.00\",\"1\"]");

        assertThat(pages).isGreaterThan(50);
        assertThat(asks(feed, DEPTH)).isTrue();
    }
}
