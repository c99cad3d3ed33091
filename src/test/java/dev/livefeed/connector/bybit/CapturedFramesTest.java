package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Replays frames captured at the venue, one per line; runs if {@code LIVEFEED_FRAMES} is set to their folder. */
@EnabledIfEnvironmentVariable(named = "LIVEFEED_FRAMES", matches = ".+")
class CapturedFramesTest {

    @Test
    void spotSessionGivesOneUnbrokenBook() throws IOException {
        FeedHarness feed = FeedHarness.open("BYBIT_CATEGORY", "spot");
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "depth.1", "BTCUSDT", "c-2");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-3");
        feed.accept();
        replay(feed, "fastmm_spot_testnet");

        List<Depth> deep =
                feed.lines.depths().stream().filter(d -> d.levels() == 50).toList();
        assertThat(deep).hasSize(19);
        assertThat(feed.lines.depths().stream().filter(d -> d.levels() == 1))
                .hasSize(14)
                .allMatch(Depth::snapshot);
        assertThat(feed.lines.trades())
                .hasSizeGreaterThanOrEqualTo(7)
                .extracting(Trade::id)
                .doesNotHaveDuplicates();
        OrderBook book = new OrderBook(50);
        for (Depth depth : deep) {
            if (depth.snapshot()) {
                book.snapshot(depth.bids(), depth.asks());
            } else {
                book.apply(depth.bids(), depth.asks());
            }
            assertThat(book.bids().size()).isEqualTo(50);
            assertThat(book.asks().size()).isEqualTo(50);
            assertThat(book.crossed()).isFalse();
        }
        assertThat(book.absentDeletes()).isZero();
        assertThat(feed.feed.figures())
                .containsEntry("book_gaps", 0L)
                .containsEntry("unreadable_frames", 0L)
                .containsEntry("absent_deletes", 0L);
    }

    @Test
    void linearSweepComesOutTradeByTrade() throws IOException {
        FeedHarness feed = FeedHarness.open();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.accept();
        replay(feed, "linear_mainnet_BTCUSDT");

        assertThat(feed.lines.depths()).extracting(Depth::lastUpdateId).containsExactly(10_132_540L, 10_132_541L);
        assertThat(feed.lines.trades()).hasSize(9).extracting(Trade::id).doesNotHaveDuplicates();
        assertThat(feed.feed.figures()).containsEntry("book_gaps", 0L).containsEntry("unreadable_frames", 0L);
    }

    @Test
    void linearTickerSessionGivesWholePicturesAndTheAcknowledgementComesLate() throws IOException {
        FeedHarness feed = FeedHarness.open();
        feed.time.set(1_790_757_083_884_000L - feed.time.micros());
        feed.command(Kind.SUBSCRIBE, "ticker", "BTCUSDT", "c-1");
        replay(feed, "fastmm_linear_mainnet_tickers");

        List<Ticker> tickers = feed.lines.of(Ticker.class);
        assertThat(tickers).hasSize(9);
        assertThat(tickers).allMatch(t -> t.fundingRate() != null && t.bidPrice() != null && t.askQty() != null);
        Ticker last = tickers.get(8);
        assertThat(last.lastPrice()).isEqualTo("83024.60");
        assertThat(last.indexPrice()).isEqualTo("83084.91");
        assertThat(last.markPrice()).isEqualTo("83024.60");
        assertThat(last.bidPrice()).isEqualTo("83032.40");
        assertThat(last.askQty()).isEqualTo("3.237");
        assertThat(last.volume24h()).isEqualTo("44701.6270");
        assertThat(feed.feed.figures()).containsEntry("unreadable_frames", 0L).containsEntry("early_ticker_deltas", 0L);
    }

    private static void replay(FeedHarness feed, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getenv("LIVEFEED_FRAMES")))) {
            Path file = files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
            // Replies to requests of the captured session.
            Files.readAllLines(file).stream()
                    .filter(line -> line.contains("\"topic\""))
                    .forEach(feed::receive);
            feed.outbox.drained();
        }
    }
}
