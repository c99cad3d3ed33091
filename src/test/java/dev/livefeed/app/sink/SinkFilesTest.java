package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines go to the file of their type and day, whole batches or nothing. */
class SinkFilesTest {

    private static final String TRADE = "{\"type\":\"trade\",\"id\":\"%d\"}";
    private static final String DEPTH = "{\"type\":\"depth\",\"last_update_id\":%d}";

    @TempDir
    private Path folder;

    private int number;

    private LineBatch batch(String time, String... forms) {
        LineBatch.Builder batch = new LineBatch.Builder("file", 1, number + 1);
        for (String form : forms) {
            number++;
            batch.add(new StoredLine(
                    number,
                    Instant.parse(time).toEpochMilli(),
                    form.formatted(number).getBytes(StandardCharsets.UTF_8)));
        }
        return batch.build(0);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @Test
    void eachTypeAndDayHasAFileAndEarlierDaysAreCompressed() throws IOException {
        SinkFiles files = new SinkFiles(folder);
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
    void aPartOfALineLeftByAnEarlierProcessIsCutOff() throws IOException {
        new SinkFiles(folder).append(batch("2026-11-25T10:00:00Z", TRADE));
        Files.writeString(folder.resolve("trade/2026-11-25.ndjson"), "{\"type\":\"tra", StandardOpenOption.APPEND);
        new SinkFiles(folder).append(batch("2026-11-25T10:00:01Z", TRADE));
        assertThat(lines("trade/2026-11-25.ndjson")).containsExactly(TRADE.formatted(1), TRADE.formatted(2));
    }

    @Test
    void aBatchThatCannotBeWrittenWholeIsNotWritten() throws IOException {
        SinkFiles files = new SinkFiles(folder);
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
        SinkFiles files = new SinkFiles(folder);
        files.append(batch("2026-11-25T10:00:00Z", TRADE));
        files.append(batch("2026-11-26T10:00:00Z", TRADE));
        files.append(batch("2026-11-25T10:00:00Z", TRADE));
        new SinkFiles(folder).append(batch("2026-11-26T10:00:01Z", TRADE));
        assertThat(folder.resolve("trade/2026-11-25.ndjson.gz")).exists();
        assertThat(folder.resolve("trade/2026-11-25-2.ndjson.gz")).exists();
    }
}
