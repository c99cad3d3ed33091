package dev.livefeed.app.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.strategy.Trades;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery of paper trading after the journal could not be written. */
class JournalRecoveryTest {

    @TempDir
    Path temp;

    private final PaperMarket market = new PaperMarket(50);
    private Path folder;
    private PaperBroker broker;

    @BeforeEach
    void market() {
        folder = temp.resolve("paper");
        market.bid("100", "5").bid("99", "8").ask("101", "2").ask("102", "4");
        broker = open();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private PaperBroker open() {
        PaperBroker opened = new PaperBroker(PaperSetup.settings(folder), market, () -> market.now);
        opened.open();
        return opened;
    }

    @Test
    void recoversFromAWriteError() throws Exception {
        place(OrderType.MARKET, "1", null);
        PaperOrder resting = place(OrderType.POST_ONLY, "1", "99").order();
        JournalEntry.State before = broker.state();
        Path inTheWay = Files.createDirectories(folder.resolve("journal.new").resolve("full"));

        // Interrupting a thread during a write closes the file.
        Thread.currentThread().interrupt();
        OrderResult refused = place(OrderType.MARKET, "1", null);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(refused.refused()).contains("paper trading is unavailable: the journal in " + folder);
        assertThat(broker.saving().failingSince()).isNotNull();
        market.now += 1_000_000;
        broker.trade(Trades.trade(market.now, "90", "50", Side.SELL));
        broker.depth(Ids.linear("BTCUSDT"));
        broker.feedDown(instrument -> true, "lost");
        broker.pause("test");
        assertThat(broker.state()).as("nothing changes without a journal entry").isEqualTo(before);

        broker.checkJournal();
        assertThat(broker.unavailable()).as("the disk is still full").isNotNull();
        assertThat(broker.saving().failures()).isEqualTo(2);

        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        broker.checkJournal();

        assertThat(broker.unavailable()).isNull();
        assertThat(broker.saving().failingSince()).isNull();
        assertThat(broker.saving().savedAt()).isNotNull();
        assertThat(broker.state().open()).isEmpty();
        PaperOrder cancelled = broker.state().ended().get(1);
        assertThat(cancelled.id()).isEqualTo(resting.id());
        assertThat(cancelled.reason()).isEqualTo("the journal could not be written");
        assertThat(cancelled.filled()).isEqualByComparingTo("0");
        assertThat(place(OrderType.MARKET, "1", null).order().filled()).isEqualByComparingTo("1");
        assertSameAfterRestart();
        assertEveryLineIsCompleteAndUnique();
    }

    @Test
    void deletedFileIsReplacedWithTheWholeState() throws Exception {
        place(OrderType.MARKET, "1", null);
        place(OrderType.POST_ONLY, "1", "99");
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(folder.resolve("lock"));
        Files.delete(folder);

        broker.checkJournal();
        assertThat(broker.unavailable()).as("the folder was created again").isNull();
        assertThat(files()).hasSize(1);
        assertThat(broker.state().open()).as("no event was missed").hasSize(1);

        Files.writeString(files().get(0), "");
        broker.checkJournal();
        place(OrderType.MARKET, "1", null);
        assertSameAfterRestart();
    }

    @Test
    void openingIsRetried() throws Exception {
        broker.close();
        folder = temp.resolve("later");
        Files.writeString(folder, "a file where the folder should be");
        broker = open();
        assertThat(broker.unavailable()).contains("cannot be opened").contains("tried again each 10 s");
        assertThat(place(OrderType.MARKET, "1", null).refused()).contains("cannot be opened");
        broker.checkJournal();
        assertThat(broker.unavailable()).isNotNull();

        Files.delete(folder);
        broker.checkJournal();

        assertThat(broker.unavailable()).isNull();
        assertThat(place(OrderType.MARKET, "1", null).order().filled()).isEqualByComparingTo("1");
        assertSameAfterRestart();
    }

    @Test
    void nothingIsAcceptedAfterClose() {
        Thread.currentThread().interrupt();
        place(OrderType.MARKET, "1", null);
        assertThat(Thread.interrupted()).isTrue();
        broker.close();

        broker.checkJournal();

        assertThat(broker.unavailable()).isEqualTo("stopped");
    }

    private void assertSameAfterRestart() {
        JournalEntry.State before = broker.state();
        broker.close();
        broker = open();
        assertThat(broker.unavailable()).isNull();
        JournalEntry.State after = broker.state();
        assertThat(after.cash()).isEqualByComparingTo(before.cash());
        assertThat(after.fills()).isEqualTo(before.fills());
        assertThat(after.positions()).isEqualTo(before.positions());
        assertThat(after.lastOrderId()).isEqualTo(before.lastOrderId());
    }

    private void assertEveryLineIsCompleteAndUnique() throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (Path file : files()) {
            for (String line : Files.readAllLines(file)) {
                JournalLine read =
                        JournalLine.read(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), Instruments.NONE);
                assertThat(read).as("%s of %s", line, file).isNotNull();
                numbers.add(read.n());
            }
        }
        assertThat(numbers).doesNotHaveDuplicates().isSorted();
    }

    private List<Path> files() throws Exception {
        try (var all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
        }
    }

    private OrderResult place(OrderType type, String qty, String price) {
        return broker.place(new OrderRequest(
                "s",
                Ids.linear("BTCUSDT"),
                Side.BUY,
                type,
                new BigDecimal(qty),
                price == null ? null : new BigDecimal(price),
                null));
    }
}
