package dev.livefeed.connector.bybit.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.RpiDepth;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The book with RPI orders from snapshots and deltas of three values a level. */
class RpiBookStreamTest {

    private static final String TOPIC = "orderbook.rpi.BTCUSDT";

    private final FeedHarness feed = FeedHarness.open();

    @BeforeEach
    void subscribe() {
        feed.command(Kind.SUBSCRIBE, "depth.rpi", "BTCUSDT", "c-1");
        assertThat(feed.accept()).singleElement().asString().contains(TOPIC);
    }

    private void receive(String type, long update, String bids, String asks) {
        feed.receive(feed.book(TOPIC, type, update, bids, asks));
    }

    private List<RpiDepth> books() {
        return feed.lines.of(RpiDepth.class);
    }

    private static RpiDepth.Level level(String price, String qty, String rpi) {
        return new RpiDepth.Level(new BigDecimal(price), new BigDecimal(qty), new BigDecimal(rpi));
    }

    /** Waits and returns whether the topic was subscribed again. */
    private boolean fetchedAgain() {
        feed.pass(Duration.ofSeconds(3));
        return feed.network.sent().stream().anyMatch(text -> text.contains("unsubscribe") && text.contains(TOPIC));
    }

    @Test
    void eachEventIsTheWholeBook() {
        receive(
                "snapshot",
                7,
                "[\"121975.1\",\"0.2\",\"0\"],[\"121969.9\",\"1\",\"2\"]",
                "[\"121990.8\",\"0.4\",\"0\"]");
        receive(
                "delta",
                8,
                "[\"121975.1\",\"0.114259\",\"0\"],[\"121969.9\",\"0\",\"0\"],[\"121960.5\",\"0\",\"0.163986\"]",
                "[\"121990.8\",\"0.441585\",\"0.78821\"],[\"122018.5\",\"0\",\"0\"]");

        assertThat(books()).hasSize(2);
        RpiDepth book = books().get(1);
        assertThat(book.bids()).containsExactly(level("121975.1", "0.114259", "0"), level("121960.5", "0", "0.163986"));
        assertThat(book.asks()).containsExactly(level("121990.8", "0.441585", "0.78821"));
        assertThat(book.lastUpdateId()).isEqualTo(8);
        assertThat(fetchedAgain()).isFalse();
    }

    @Test
    void aLostUpdateEndsTheBookUntilTheNextSnapshot() {
        receive("snapshot", 7, "[\"100\",\"1\",\"0\"]", "");
        receive("delta", 9, "[\"100\",\"2\",\"0\"]", "");
        receive("delta", 10, "[\"100\",\"3\",\"0\"]", "");

        assertThat(books()).hasSize(1);
        assertThat(fetchedAgain()).isTrue();
    }

    @Test
    void repeatedUpdateIsIgnored() {
        receive("snapshot", 7, "[\"100\",\"1\",\"0\"]", "");
        receive("delta", 7, "[\"100\",\"5\",\"0\"]", "");
        receive("delta", 8, "[\"100\",\"6\",\"0\"]", "");

        assertThat(books()).hasSize(2);
        assertThat(fetchedAgain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"100\",\"1\"]",
                "[\"x\",\"1\",\"1\"]",
                "[\"100\",\"-1\",\"1\"]",
                "[\"0\",\"1\",\"1\"]",
                "7",
                "[\"100\",\"1\",\"1\",\"1\"]"
            })
    void anUnusableLevelIsLeftOutUntilTheNextSnapshot(String level) {
        receive("snapshot", 7, "[\"100\",\"1\",\"0\"],[\"98\",\"1\",\"0\"]", "");
        receive("delta", 8, level + ",[\"97\",\"1\",\"0\"]", "");
        receive("delta", 9, "[\"96\",\"3\",\"0\"]", "");

        assertThat(books()).hasSize(3);
        assertThat(books().get(2).bids()).contains(level("98", "1", "0"), level("97", "1", "0"), level("96", "3", "0"));
        assertThat(feed.feed.figures())
                .containsEntry("unreadable_rows_number", 1L)
                .containsEntry("suspect_books", 1L);
        assertThat(fetchedAgain()).isTrue();
    }

    @Test
    void aSnapshotReplacesABookWithAnUnusableLevel() {
        receive("snapshot", 7, "[\"100\",\"1\",\"0\"],[\"98\",\"1\"]", "");
        receive("delta", 8, "[\"97\",\"1\",\"0\"]", "");
        receive("snapshot", 20, "[\"99\",\"1\",\"0\"]", "");
        receive("delta", 21, "[\"98\",\"1\",\"0\"]", "");

        assertThat(books()).last().satisfies(book -> assertThat(book.bids())
                .containsExactly(level("99", "1", "0"), level("98", "1", "0")));
        assertThat(fetchedAgain()).isFalse();
    }

    @Test
    void aLevelWhoseSizeIsUnknownIsRemoved() {
        receive("snapshot", 7, "[\"100\",\"1\",\"0\"],[\"98\",\"1\",\"0\"]", "");
        receive("delta", 8, "[\"100\",\"x\",\"0\"]", "");

        assertThat(books().get(1).bids()).containsExactly(level("98", "1", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ETHUSDT\"", "7", "\"btcusdt\""})
    void aFrameOfAnotherSymbolEndsTheBook(String symbol) {
        receive("snapshot", 7, "[\"100\",\"1\",\"0\"]", "");
        feed.receive(feed.book(TOPIC, "delta", 8, "[\"100\",\"2\",\"0\"]", "")
                .replace("\"s\":\"BTCUSDT\"", "\"s\":" + symbol));

        assertThat(books()).hasSize(1);
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows_symbol", 1L);
        assertThat(fetchedAgain()).isTrue();
    }

    @Test
    void aBookDeeperThanItsTopicIsCutToItsBestLevels() {
        receive("snapshot", 7, levels(RpiBook.DEPTH + 1), "");

        assertThat(books()).singleElement().satisfies(book -> {
            assertThat(book.bids()).hasSize(RpiBook.DEPTH).startsWith(level("51", "1", "0"));
            assertThat(book.bids()).last().isEqualTo(level("2", "1", "0"));
        });
        assertThat(fetchedAgain()).isFalse();
    }

    @Test
    void aBookWithoutEndIsCutToo() {
        receive("snapshot", 7, levels(RpiBook.MAX_LEVELS + 1), "");
        receive("delta", 8, "[\"" + (RpiBook.MAX_LEVELS + 2) + "\",\"2\",\"0\"]", "");

        assertThat(books()).hasSize(2).last().satisfies(book -> assertThat(book.bids())
                .hasSize(RpiBook.DEPTH)
                .startsWith(level("502", "2", "0"), level("501", "1", "0")));
        assertThat(fetchedAgain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1.234567890123456789123\"", "1.234567890123456789123"})
    void aSizeWithTooManyDigitsIsShortened(String size) {
        receive("snapshot", 7, "[\"100\"," + size + ",\"0\"],[\"98\",\"1\"," + size + "]", "");

        assertThat(books()).singleElement().satisfies(book -> assertThat(book.bids())
                .containsExactly(level("100", "1.23456789012345678", "0"), level("98", "1", "1.23456789012345678")));
        assertThat(feed.feed.figures()).containsEntry("shortened_sizes", 2L).containsEntry("suspect_books", 0L);
        assertThat(fetchedAgain()).isFalse();
    }

    private static String levels(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(price -> "[\"" + price + "\",\"1\",\"0\"]")
                .collect(Collectors.joining(","));
    }
}
