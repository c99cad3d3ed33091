package dev.livefeed.app.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.MadeBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines go to the file of their type and day, whole batches or nothing. */
class SinkFilesTest {

    private static final String TRADE = "{\"type\":\"trade\",\"id\":\"%d\"}";
    private static final String DEPTH = "{\"type\":\"depth\",\"last_update_id\":%d}";

    @TempDir
    private Path folder;

    private int number;

    private SinkFiles process;

    /** Those of a process that has just started, after the end of the one before. */
    private SinkFiles files() throws IOException {
        end();
        process = new SinkFiles(folder, folder.resolve("buffers"));
        return process;
    }

    @AfterEach
    void end() throws IOException {
        if (process != null) {
            process.close();
        }
    }

    private LineBatch batch(String time, String... forms) {
        int first = number + 1;
        List<String> lines = new ArrayList<>();
        for (String form : forms) {
            lines.add(form.formatted(++number));
        }
        return MadeBatch.of("file", first, Collections.nCopies(forms.length, Instant.parse(time)), lines);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @Test
    void eachTypeAndDayHasAFileAndEarlierDaysAreCompressed() throws IOException {
        SinkFiles files = files();
        files.append(batch("2026-11-25T23:59:59Z", TRADE, DEPTH, TRADE));
        files.append(batch("2026-11-25T23:59:59.900Z", TRADE));
        assertThat(lines("trade/2026-11-25.ndjson"))
                .containsExactly(TRADE.formatted(1), TRADE.formatted(3), TRADE.formatted(4));
        files.append(batch("2026-11-26T00:00:00Z", TRADE));
        assertThat(lines("trade/2026-11-26.ndjson")).containsExactly(TRADE.formatted(5));
        assertThat(folder.resolve("trade/2026-11-25.ndjson")).doesNotExist();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("trade/2026-11-25.ndjson.gz")))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactly(TRADE.formatted(1), TRADE.formatted(3), TRADE.formatted(4));
        }
        assertThat(lines("depth/2026-11-25.ndjson")).containsExactly(DEPTH.formatted(2));
    }

    @Test
    void whatThisProcessHasWrittenIsShown() throws IOException {
        files().append(batch("2026-11-25T10:00:00Z", TRADE));
        SinkFiles files = files();
        assertThat(files.written().view()).isEqualTo(new WrittenFiles.View(folder, List.of(), 0, null, null));

        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        files.append(batch("2026-11-25T10:00:01Z", TRADE, DEPTH));
        WrittenFiles.View view = files.written().view();
        long trades = Files.size(folder.resolve("trade/2026-11-25.ndjson"));
        long depths = Files.size(folder.resolve("depth/2026-11-25.ndjson"));
        assertThat(view.files())
                .containsExactly(
                        new WrittenFiles.Written("depth/2026-11-25.ndjson", depths, view.since()),
                        new WrittenFiles.Written("trade/2026-11-25.ndjson", trades, view.since()));
        assertThat(view.bytes()).isEqualTo(trades / 2 + depths);
        assertThat(view.since()).isBetween(before, Instant.now());

        files.append(batch("2026-11-26T00:00:00Z", TRADE));
        assertThat(files.written().view().files())
                .as("the trades of the day before are compressed")
                .extracting(WrittenFiles.Written::name)
                .containsExactly("depth/2026-11-25.ndjson", "trade/2026-11-26.ndjson");
    }

    @Test
    void filesThatWereWrittenLastAreListed() {
        WrittenFiles written = new WrittenFiles(folder);
        for (int i = 0; i < 200; i++) {
            written.appended(folder.resolve("type-" + i), new BatchStart.Part(0, 10), Instant.EPOCH.plusSeconds(i));
        }
        assertThat(written.view().files())
                .hasSize(50)
                .extracting(WrittenFiles.Written::name)
                .contains("type-199");
        assertThat(written.view().bytes()).isEqualTo(2_000);
    }

    @Test
    void aPartOfALineLeftByAnEarlierProcessIsCutOff() throws IOException {
        files().append(batch("2026-11-25T10:00:00Z", TRADE));
        Files.writeString(folder.resolve("trade/2026-11-25.ndjson"), "{\"type\":\"tra", StandardOpenOption.APPEND);
        files().append(batch("2026-11-25T10:00:01Z", TRADE));
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(1), TRADE.formatted(2));
    }

    @Test
    void aBatchThatCannotBeWrittenWholeIsNotWritten() throws IOException {
        SinkFiles files = files();
        files.append(batch("2026-11-25T10:00:00Z", TRADE));
        Files.createFile(folder.resolve("depth")); // in place of the folder
        LineBatch refused = batch("2026-11-25T10:00:01Z", TRADE, DEPTH);
        assertThatThrownBy(() -> files.append(refused)).isInstanceOf(IOException.class);
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(1));
        Files.delete(folder.resolve("depth"));
        files.append(refused);
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(1), TRADE.formatted(2));
        assertThat(lines("depth/2026-11-25.ndjson")).containsExactly(DEPTH.formatted(3));
    }

    @Test
    void aDayThatComesAgainKeepsItsCompressedFile() throws IOException {
        SinkFiles files = files();
        files.append(batch("2026-11-25T10:00:00Z", TRADE));
        files.append(batch("2026-11-26T10:00:00Z", TRADE));
        files.append(batch("2026-11-25T10:00:00Z", TRADE));
        files().append(batch("2026-11-26T10:00:01Z", TRADE));
        assertThat(folder.resolve("trade/2026-11-25.ndjson.gz")).exists();
        assertThat(folder.resolve("trade/2026-11-25-2.ndjson.gz")).exists();
    }

    @Test
    void aBatchThatComesAgainAfterAKillReplacesWhatItHasLeft() throws IOException {
        SinkFiles killed = files();
        killed.append(batch("2026-11-25T10:00:00Z", TRADE));
        LineBatch last = batch("2026-11-25T10:00:01Z", TRADE, DEPTH, TRADE);
        killed.append(last);
        Files.writeString(folder.resolve("depth/2026-11-25.ndjson"), ""); // not yet reached by the process

        SinkFiles next = files();
        next.append(MadeBatch.part(last, 0, 2)); // batches may be cut in another way
        next.append(MadeBatch.part(last, 2, 3));

        assertThat(lines("trade/2026-11-25.ndjson"))
                .containsExactly(TRADE.formatted(1), TRADE.formatted(2), TRADE.formatted(4));
        assertThat(lines("depth/2026-11-25.ndjson")).containsExactly(DEPTH.formatted(3));
    }

    @Test
    void linesThatAnotherProgramHasAppendedSinceAreNotTakenBack() throws IOException {
        LineBatch last = batch("2026-11-25T10:00:00Z", TRADE);
        files().append(last);
        end();
        Files.writeString(
                folder.resolve("trade/2026-11-25.ndjson"), TRADE.formatted(50) + "\n", StandardOpenOption.APPEND);

        files().append(last);

        assertThat(lines("trade/2026-11-25.ndjson"))
                .containsExactly(TRADE.formatted(1), TRADE.formatted(50), TRADE.formatted(1));
    }

    @Test
    void aBatchWhoseRouteFailsAfterwardsIsNotAppendedTwice() throws IOException {
        SinkFiles files = files();
        LineBatch again = batch("2026-11-25T10:00:00Z", TRADE, DEPTH);
        files.append(again);
        files.append(again);

        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(1));
        assertThat(lines("depth/2026-11-25.ndjson")).containsExactly(DEPTH.formatted(2));
    }

    @Test
    void aBatchOverMidnightIsCompressedWhenItCannotComeAgain() throws IOException {
        Instant before = Instant.parse("2026-11-25T23:59:59Z");
        Instant after = Instant.parse("2026-11-26T00:00:00Z");
        number = 4;
        LineBatch midnight = MadeBatch.of(
                "file",
                1,
                List.of(before, before, after, after),
                Stream.of(1, 2, 3, 4).map(TRADE::formatted).toList());
        files().append(midnight);
        SinkFiles next = files();
        next.append(midnight);
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(1), TRADE.formatted(2));
        assertThat(lines("trade/2026-11-26.ndjson")).containsExactly(TRADE.formatted(3), TRADE.formatted(4));

        next.append(batch("2026-11-26T00:00:01Z", DEPTH));
        assertThat(folder.resolve("trade/2026-11-25.ndjson")).doesNotExist();
        assertThat(folder.resolve("trade/2026-11-25.ndjson.gz")).exists();
        assertThat(lines("trade/2026-11-26.ndjson")).hasSize(2);
    }

    @Test
    void aStartThatWasOnlyPartlyWrittenIsNone() throws IOException {
        SinkFiles killed = files();
        LineBatch last = batch("2026-11-25T10:00:00Z", TRADE);
        killed.append(last);
        Path start = folder.resolve("buffers/file").resolve(BatchStart.NAME);
        String whole = Files.readString(start);
        for (int length = 0; length < whole.length() - 1; length++) {
            Files.writeString(start, whole.substring(0, length));
            files().append(batch("2026-11-25T10:00:00Z", TRADE));
            assertThat(lines("trade/2026-11-25.ndjson")).hasSize(length + 2);
        }
    }

    @Test
    void filesAndFoldersThatAreDeletedMeanwhileAreMadeAgain() throws IOException {
        SinkFiles files = files();
        files.append(batch("2026-11-25T10:00:00Z", TRADE, DEPTH));
        delete(folder.resolve("trade"));
        files.append(batch("2026-11-25T10:00:01Z", TRADE));
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(3));
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.toList()) {
                delete(one);
            }
        }
        files.append(batch("2026-11-25T10:00:02Z", TRADE, DEPTH));
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(4));
        assertThat(lines("depth/2026-11-25.ndjson")).containsExactly(DEPTH.formatted(5));
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Test
    void twoProcessesDoNotAppendToTheSameFiles() throws IOException {
        SinkFiles first = files();
        first.append(batch("2026-11-25T10:00:00Z", TRADE));
        SinkFiles second = new SinkFiles(folder, folder.resolve("others"));
        LineBatch waiting = batch("2026-11-25T10:00:01Z", TRADE);
        assertThatThrownBy(() -> second.append(waiting))
                .hasMessage("another process uses " + folder + "; set SINK_FILE_DIR to a folder of its own");
        first.append(batch("2026-11-25T10:00:02Z", TRADE));
        first.close();
        second.append(waiting);
        assertThat(lines("trade/2026-11-25.ndjson"))
                .containsExactly(TRADE.formatted(1), TRADE.formatted(3), TRADE.formatted(2));
        second.close();
    }

    @Test
    void aDayThatWasCompressedBeforeAKillIsNotCompressedAgain() throws IOException {
        SinkFiles files = files();
        files.append(batch("2026-11-25T10:00:00Z", TRADE));
        byte[] day = Files.readAllBytes(folder.resolve("trade/2026-11-25.ndjson"));
        files.append(batch("2026-11-26T10:00:00Z", TRADE));
        Files.write(folder.resolve("trade/2026-11-25.ndjson"), day); // killed before it was deleted
        files().append(batch("2026-11-26T10:00:01Z", TRADE));
        try (Stream<Path> left = Files.list(folder.resolve("trade"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("2026-11-25.ndjson.gz", "2026-11-26.ndjson");
        }
    }

    @Test
    void aDayThatCannotBeCompressedStays() throws IOException {
        files().append(batch("2026-11-25T10:00:00Z", TRADE));
        Path obstacle = Files.createDirectories(folder.resolve("trade/2026-11-25.ndjson.gz.part/x"));
        files().append(batch("2026-11-26T10:00:00Z", TRADE));
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(1));
        delete(obstacle.getParent());
        files().append(batch("2026-11-26T10:00:01Z", TRADE));
        assertThat(folder.resolve("trade/2026-11-25.ndjson")).doesNotExist();
        assertThat(folder.resolve("trade/2026-11-25.ndjson.gz")).exists();
    }
}
