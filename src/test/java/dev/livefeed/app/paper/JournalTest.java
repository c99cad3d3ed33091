package dev.livefeed.app.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final JournalEntry FIRST =
            new JournalEntry.Opened(PaperAccount.FORMAT, "test", new BigDecimal("1000.50"));

    @TempDir
    Path folder;

    @Test
    void continuesWhereItEnded() throws Exception {
        write(3);
        PaperAccount account = new PaperAccount();
        try (Journal journal = open(account, 1 << 20)) {
            assertThat(journal.lines()).isEqualTo(4);
            assertThat(journal.lastAt()).isEqualTo(3);
        }
        assertThat(account.paused()).isEqualTo("3");
        assertThat(account.cash()).isEqualTo(new BigDecimal("1000.50"));
    }

    @Test
    void tornLastLineIsCutOff() throws Exception {
        write(3);
        byte[] whole = Files.readAllBytes(file(1));
        int lastLine = new String(whole, 0, whole.length - 1, StandardCharsets.UTF_8).lastIndexOf('\n') + 1;
        for (int length = lastLine; length < whole.length; length++) {
            Files.write(file(1), java.util.Arrays.copyOf(whole, length));
            PaperAccount account = new PaperAccount();
            try (Journal journal = open(account, 1 << 20)) {
                assertThat(account.paused())
                        .as("cut at %d of %d", length, whole.length)
                        .isEqualTo("2");
                journal.append(9, new JournalEntry.Paused("again"), false);
            }
            PaperAccount after = new PaperAccount();
            open(after, 1 << 20).close();
            assertThat(after.paused()).isEqualTo("again");
        }
    }

    @Test
    void lastLineWithWrongChecksumIsCutOff() throws Exception {
        write(3);
        List<String> lines = Files.readAllLines(file(1));
        lines.set(3, lines.get(3).replace("\"reason\":\"3\"", "\"reason\":\"4\""));
        Files.write(file(1), lines);

        PaperAccount account = new PaperAccount();
        open(account, 1 << 20).close();

        assertThat(account.paused()).isEqualTo("2");
    }

    @Test
    void damageInTheMiddleIsRefused() throws Exception {
        write(3);
        List<String> lines = Files.readAllLines(file(1));
        String was = lines.set(1, lines.get(1).replace("\"reason\":\"1\"", "\"reason\":\"9\""));
        Files.write(file(1), lines);
        assertThatThrownBy(() -> open(new PaperAccount(), 1 << 20))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is damaged: line 2 does not match its checksum");

        lines.set(1, was);
        lines.remove(2);
        Files.write(file(1), lines);
        assertThatThrownBy(() -> open(new PaperAccount(), 1 << 20)).hasMessageContaining("line 4 follows line 2");

        Files.writeString(file(1), "nothing of the kind\n");
        assertThatThrownBy(() -> open(new PaperAccount(), 1 << 20)).hasMessageContaining("no complete line");
    }

    @Test
    void laterFormatIsRefused() throws Exception {
        Files.write(file(1), new JournalLine(1, 0, new JournalEntry.Opened(2, "test", BigDecimal.ONE)).bytes());

        assertThatThrownBy(() -> open(new PaperAccount(), 1 << 20))
                .hasMessageContaining("format 2, this version reads 1");
    }

    @Test
    void oneProcessAtATime() throws Exception {
        try (Journal journal = open(new PaperAccount(), 1 << 20)) {
            assertThatThrownBy(() -> open(new PaperAccount(), 1 << 20)).hasMessageContaining("in use");
            journal.append(1, new JournalEntry.Paused("x"), false);
        }
    }

    @Test
    void newFilesStartWithTheStateAndOldOnesAreDeleted() throws Exception {
        PaperAccount account = new PaperAccount();
        try (Journal journal = open(account, 2_000)) {
            for (int i = 1; i <= 400; i++) {
                JournalEntry entry = new JournalEntry.Paused(Integer.toString(i));
                journal.append(i, entry, false);
                account.apply(entry, i);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".jsonl")).count())
                    .isEqualTo(Journal.KEPT);
        }
        PaperAccount after = new PaperAccount();
        open(after, 2_000).close();
        assertThat(after.state()).isEqualTo(account.state());
    }

    @Test
    void crashWhileStartingAFileKeepsThePreviousOne() throws Exception {
        write(3);
        Files.writeString(folder.resolve("journal.new"), "{\"n\":5,", StandardOpenOption.CREATE);

        PaperAccount account = new PaperAccount();
        open(account, 1 << 20).close();

        assertThat(account.paused()).isEqualTo("3");
    }

    @Test
    void replayStartsANewJournal() throws Exception {
        write(3);
        PaperAccount account = new PaperAccount();
        Journal.open(files(false, 1 << 20, Map.of()), Instruments.NONE, account, FIRST)
                .close();

        assertThat(account.paused()).isNull();
        assertThat(Files.readAllLines(file(1))).hasSize(1);
    }

    @Test
    void theJournalOfAnEarlierVersionIsContinuedWhateverTheDefaultCategoryIsNow() throws Exception {
        Path place = folder;
        folder = place.resolve("test-linear");
        write(3);
        PaperAccount marked = new PaperAccount();
        try (Journal journal = open(marked, 1 << 20)) {
            journal.append(4, marks(InstrumentId.of(null, null, "BTCUSDT"), InstrumentId.of(null, "spot", "X")), false);
        }
        folder = place.resolve("test-spot");
        write(1);
        folder = place.resolve("test");
        Map<String, Path> earlier = new LinkedHashMap<>();
        earlier.put("linear", place.resolve("test-linear"));
        earlier.put("spot", place.resolve("test-spot"));

        PaperAccount account = openedIn("spot", earlier);
        assertThat(account.paused()).isEqualTo("3");
        assertThat(account.markOf(InstrumentId.of(null, "linear", "BTCUSDT"))).isEqualTo("5");
        assertThat(account.markOf(InstrumentId.of(null, "spot", "X"))).isEqualTo("5");
        assertThat(place.resolve("test-linear")).doesNotExist();
        assertThat(place.resolve("test-linear.continued")).exists();
        assertThat(place.resolve("test-spot")).exists();

        PaperAccount again = openedIn("linear", earlier);
        assertThat(again.state()).isEqualTo(account.state());
    }

    @Test
    void aJournalOfAnEarlierVersionThatIsInUseIsNotContinued() throws Exception {
        Path place = folder;
        folder = place.resolve("test-linear");
        try (Journal used = open(new PaperAccount(), 1 << 20)) {
            assertThat(used.lines()).isOne();
            folder = place.resolve("test");
            assertThatThrownBy(() -> openedIn("linear", Map.of("linear", place.resolve("test-linear"))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("test-linear is in use by another process");
        }
        assertThat(openedIn("linear", Map.of("linear", place.resolve("test-linear")))
                        .cash())
                .isEqualTo(new BigDecimal("1000.50"));
    }

    private PaperAccount openedIn(String category, Map<String, Path> earlier) throws Exception {
        PaperAccount account = new PaperAccount();
        Journal.open(files(true, 1 << 20, earlier), new Instruments(null, category, List.of()), account, FIRST)
                .close();
        return account;
    }

    private static JournalEntry marks(InstrumentId... instruments) {
        BigDecimal none = BigDecimal.ZERO;
        Map<InstrumentId, BigDecimal> marks = new LinkedHashMap<>();
        for (InstrumentId instrument : instruments) {
            marks.put(instrument, new BigDecimal("5"));
        }
        return new JournalEntry.Equity(new EquityPoint(4, none, none, none, none, none, marks));
    }

    private void write(int entries) throws Exception {
        try (Journal journal = open(new PaperAccount(), 1 << 20)) {
            for (int i = 1; i <= entries; i++) {
                journal.append(i, new JournalEntry.Paused(Integer.toString(i)), false);
            }
        }
    }

    private Journal open(PaperAccount account, long bytes) throws JournalException {
        return Journal.open(files(true, bytes, Map.of()), Instruments.NONE, account, FIRST);
    }

    private PaperSettings.JournalFiles files(boolean keep, long bytes, Map<String, Path> earlier) {
        return new PaperSettings.JournalFiles(folder, earlier, keep, Duration.ofSeconds(1), bytes);
    }

    private Path file(int number) {
        return folder.resolve("journal-00000" + number + ".jsonl");
    }
}
