package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.history.PageFile;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.HistoryDone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of past trades on the disk are a help only: faults of the disk or of a page cost nothing but requests. */
class KeptPagesTest {

    private static final Pattern FROM_ID = Pattern.compile("fromId=(\\d+)");
    private static final long FIRST = 5_001;
    private static final long LAST = 8_500;

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();

    /** Id of a row that the venue sends without a price; -1 if there is none. */
    private long damaged = -1;

    private long from;

    /** Asks for the trades, of which there are three full pages and a half, and answers until it is done. */
    private FeedHarness ask(Path historyFolder) {
        FeedHarness feed = new FeedHarness(
                "{\"history_dir\":\"" + historyFolder + "\"}", BinanceMarket.SPOT, Outbox.Limits.DEFAULT);
        feed.offsetMillis = 0L;
        feed.pass(Duration.ofSeconds(11));
        from = ManualTime.START_MICROS / 1_000 - 3_600_000;
        asked.clear();
        feed.history(from, from + 3_000_000);
        for (int i = 0; i < 200 && feed.lines.statuses(HistoryDone.STATUS).isEmpty(); i++) {
            feed.pass(Duration.ofMillis(50));
            if (!feed.requests().isEmpty()) {
                String path = feed.requests().get(0);
                asked.add(path);
                Matcher id = FROM_ID.matcher(path);
                feed.answer(page(id.find() ? Long.parseLong(id.group(1)) : FIRST));
            }
        }
        return feed;
    }

    private String page(long first) {
        List<String> rows = new ArrayList<>();
        for (long id = first; id < first + 1_000 && id <= LAST; id++) {
            rows.add("{\"a\":" + id + (id == damaged ? "" : ",\"p\":\"100.00\"") + ",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":"
                    + (from + 10 * (id - FIRST)) + ",\"m\":true,\"M\":true}");
        }
        return "[" + String.join(",", rows) + "]";
    }

    private static HistoryDone done(FeedHarness feed) {
        return (HistoryDone) feed.lines.statuses(HistoryDone.STATUS).get(0);
    }

    private static void areAll(FeedHarness feed) {
        assertThat(done(feed).reason()).isNull();
        assertThat(feed.lines.events())
                .filteredOn(HistoryEvent.class::isInstance)
                .extracting(event -> Long.parseLong(((Trade) ((HistoryEvent) event).event()).id()))
                .hasSize((int) (LAST - FIRST + 1))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private String name() {
        return "binance-spot-BTCUSDT-" + Instant.ofEpochMilli(from).toString().substring(0, 10) + '-' + from
                + ".trades";
    }

    @Test
    void pagesOfAnEarlierProcessAreUsed() {
        areAll(ask(folder));
        assertThat(asked).hasSize(4);
        areAll(ask(folder));
        assertThat(asked).as("the first to compare it, and what is new").hasSize(2);
    }

    /** Otherwise the pages behind it would seem to show that the venue does not have its trades. */
    @Test
    void behindAPageThatCouldNotBeReadNoneIsKept() {
        damaged = FIRST + 1_500;
        assertThat(done(ask(folder)).nothingMissing()).isFalse();
        damaged = -1;

        areAll(ask(folder));
        assertThat(asked).hasSize(4);
        areAll(ask(folder));
        assertThat(asked).hasSize(2);
    }

    @Test
    void aPageThatIsNoneIsRequestedAndTheRestWithIt() throws IOException {
        ask(folder.resolve("other"));
        try (PageFile file = PageFile.open(folder, name())) {
            file.append(page(FIRST).getBytes(StandardCharsets.UTF_8));
            file.append("<html>502</html>".getBytes(StandardCharsets.UTF_8));
            file.append(page(FIRST + 2_000).getBytes(StandardCharsets.UTF_8));
        }
        areAll(ask(folder));
        assertThat(asked).hasSize(4);
        areAll(ask(folder));
        areAll(ask(folder));
        assertThat(asked).as("the next process begins again").hasSize(2);
    }

    @Test
    void aFirstPageThatIsNoneIsRequested() throws IOException {
        ask(folder.resolve("other"));
        try (PageFile file = PageFile.open(folder, name())) {
            file.append("[{".getBytes(StandardCharsets.UTF_8));
        }
        areAll(ask(folder));
        assertThat(asked).hasSize(4);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsRequestsOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("no-folder"), "");

        areAll(ask(file));
        areAll(ask(file.resolve("below")));
        assertThat(asked).hasSize(4);
    }

    /** A process that was killed while it wrote. */
    @Test
    void theRestOfAPageIsRequested() throws IOException {
        areAll(ask(folder));
        byte[] whole = Files.readAllBytes(folder.resolve(name()));
        for (int length = 0; length < whole.length; length += whole.length / 13) {
            Files.write(folder.resolve(name()), Arrays.copyOf(whole, length));
            areAll(ask(folder));
            assertThat(Files.readAllBytes(folder.resolve(name()))).isEqualTo(whole);
        }
    }
}
