package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a queue on disk keeps, and what it refuses. */
class DiskQueueTest {

    private static final DiskLimits LIMITS = new DiskLimits(10_000, 0, 500);

    @TempDir
    private Path folder;

    private DiskQueue queue;

    @AfterEach
    void close() throws IOException {
        if (queue != null) {
            queue.close();
        }
    }

    private DiskQueue open() throws IOException {
        queue = DiskQueue.open(folder, LIMITS);
        return queue;
    }

    private static byte[] line(int number) {
        return ("{\"type\":\"trade\",\"id\":\"" + number + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private int fill(int from, int to) throws IOException {
        for (int number = from; number <= to; number++) {
            if (!queue.append(line(number), number)) {
                return number;
            }
        }
        return to + 1;
    }

    private List<String> deliver(int most) throws IOException {
        List<String> ids = new ArrayList<>();
        LineBatch batch;
        while (ids.size() < most && (batch = queue.read("s", most - ids.size(), 1_000)) != null) {
            batch.forEach(line -> ids.add((String) line.get("id")));
            queue.delivered(batch);
        }
        return ids;
    }

    private static List<String> ids(int from, int to) {
        return Stream.iterate(from, n -> n + 1)
                .limit(to - from + 1)
                .map(String::valueOf)
                .toList();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SegmentFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void linesComeInOrderAndKeepTheirNumbersAfterARestart() throws IOException {
        open();
        fill(1, 50);
        assertThat(deliver(20)).isEqualTo(ids(1, 20));
        long run = queue.run();
        queue.close();

        open();
        assertThat(queue.waiting()).isEqualTo(30);
        LineBatch batch = queue.read("s", 5, 1_000);
        assertThat(batch.first()).isEqualTo(21);
        assertThat(batch.run()).isEqualTo(run);
        fill(51, 60);
        assertThat(deliver(100)).isEqualTo(ids(21, 60));
        assertThat(queue.last()).isEqualTo(60);
        assertThat(queue.run()).isGreaterThan(run);
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void anUnconfirmedBatchIsReadAgain() throws IOException {
        open();
        fill(1, 3);
        assertThat(queue.read("s", 10, 1_000).size()).isEqualTo(3);
        fill(4, 4);
        assertThat(queue.read("s", 10, 1_000).first()).isEqualTo(1);
        assertThat(deliver(10)).isEqualTo(ids(1, 4));
    }

    @Test
    void aFullQueueRefusesUntilAFileIsDelivered() throws IOException {
        open();
        int refused = fill(1, 1_000);
        assertThat(refused).isBetween(100, 300);
        assertThat(queue.bytes()).isLessThanOrEqualTo(LIMITS.bytes());
        int files = segments().size();
        deliver(20);
        assertThat(segments()).hasSizeLessThan(files);
        assertThat(fill(refused, refused)).isEqualTo(refused + 1);
        assertThat(deliver(1_000)).isEqualTo(ids(21, refused));
        assertThat(segments()).hasSize(1);
    }

    @Test
    void filesHaveTheSizeThatIsCounted() throws IOException {
        open();
        fill(1, 100);
        deliver(35);
        long size = 0;
        for (Path file : segments()) {
            size += Files.size(file);
        }
        assertThat(queue.bytes()).isEqualTo(size);
    }

    /** Number of the first line of a file. */
    private static int first(Path segment) {
        return Integer.parseInt(segment.getFileName().toString().substring(0, 20));
    }

    private void flip(Path segment, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at);
            int value = file.read();
            file.seek(at);
            file.write(value ^ 0x10);
        }
    }

    private static List<String> without(List<String> ids, int... missing) {
        return ids.stream()
                .filter(id -> java.util.Arrays.stream(missing).noneMatch(number -> id.equals(number + "")))
                .toList();
    }

    /** Of the head: length, checksum, number, time; then the line. */
    @ParameterizedTest
    @ValueSource(ints = {1, 6, 12, 20, 30})
    void aFlippedByteLosesOneLineOfAnyFile(int at) throws IOException {
        open();
        fill(1, 60);
        queue.close();
        List<Path> files = segments();
        Path last = files.get(files.size() - 1);
        int inside = first(files.get(1)) + 1;
        int inTail = first(last) + 1;
        flip(files.get(1), SegmentFile.HEAD + StoredLine.size(line(inside)) + at);
        flip(last, SegmentFile.HEAD + StoredLine.size(line(inTail)) + at);

        open();
        assertThat(queue.last()).isEqualTo(60);
        fill(61, 62);
        assertThat(deliver(100)).isEqualTo(without(ids(1, 62), inside, inTail));
        assertThat(queue.damaged()).isEqualTo(2);
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void aDamagedHeadOfAFileLosesItsLinesAndCountsThem() throws IOException {
        for (boolean last : List.of(false, true)) {
            open();
            long before = queue.last();
            fill((int) before + 1, (int) before + 60);
            queue.close();
            List<Path> files = segments();
            Path damaged = files.get(last ? files.size() - 1 : 1);
            long next = last ? before + 61 : first(files.get(2));
            flip(damaged, 3);

            open();
            assertThat(queue.last()).isEqualTo(before + 60);
            List<String> delivered = deliver(100);
            assertThat(delivered).hasSize(60 - (int) (next - first(damaged)));
            assertThat(queue.damaged()).isEqualTo(next - first(damaged));
            assertThat(segments()).hasSizeLessThan(2);
            queue.close();
        }
    }

    @Test
    void filesThatOthersHaveDeletedAreCountedAndBlockNothing() throws IOException {
        open();
        fill(1, 60);
        List<Path> files = segments();
        int from = first(files.get(1));
        int to = first(files.get(2));
        Files.delete(files.get(1));
        Files.delete(files.get(files.size() - 1)); // that which is written
        queue.checkFile();
        fill(61, 70);
        List<String> delivered = deliver(100);
        assertThat(delivered.subList(0, from - 1)).isEqualTo(ids(1, from - 1));
        assertThat(delivered).contains("70").doesNotHaveDuplicates();
        assertThat(queue.damaged()).isEqualTo(70 - delivered.size()).isGreaterThanOrEqualTo(to - from);
        queue.close();

        open();
        fill(71, 130);
        deliver(10);
        queue.close();
        Files.delete(segments().get(0));
        open();
        List<String> rest = deliver(100);
        assertThat(queue.damaged()).isEqualTo(50 - rest.size()).isPositive();
    }

    /** A disk that a backlog has filled has no room for another file. */
    @Test
    void aBacklogIsDeliveredWithoutANewFile() throws IOException {
        open();
        fill(1, 60);
        queue.close();
        List<Path> files = segments();

        open();
        assertThat(Files.size(folder.resolve(PositionFile.NAME)))
                .as("room for the position, taken in advance")
                .isEqualTo(40);
        assertThat(deliver(30)).isEqualTo(ids(1, 30));
        assertThat(segments()).isSubsetOf(files).hasSizeLessThan(files.size());
        queue.close();

        open();
        assertThat(deliver(100)).isEqualTo(ids(31, 60));
        assertThat(files).containsAll(segments());
        fill(61, 70);
        assertThat(deliver(100)).isEqualTo(ids(61, 70));
        assertThat(queue.damaged()).isZero();
    }

    @Test
    void aFileOfALaterVersionIsKept() throws IOException {
        open();
        fill(1, 3);
        queue.close();
        Path file = segments().get(0);
        byte[] later = Files.readAllBytes(file);
        later[7]++;
        later[SegmentFile.HEAD]++;
        Files.write(file, later);
        assertThatThrownBy(this::open).hasMessageContaining("00001.segment has the format of a later version");
        assertThat(file).hasBinaryContent(later);
    }

    @Test
    void anEmptyFileThatOthersHaveDeletedIsReplaced() throws IOException {
        open();
        fill(1, 1);
        deliver(1);
        queue.close();
        for (Path file : segments()) {
            Files.delete(file);
        }
        open();
        Files.createDirectory(folder.resolve(String.format("%020d", 2) + SegmentFile.SUFFIX));
        assertThatThrownBy(() -> queue.append(line(2), 2)).isInstanceOf(IOException.class);
        Files.delete(folder.resolve(String.format("%020d", 2) + SegmentFile.SUFFIX));
        fill(2, 5);
        assertThat(deliver(10)).isEqualTo(ids(2, 5));
        assertThat(queue.damaged()).isZero();
    }

    /** Only the last file is read. */
    @Test
    void theStartDoesNotReadTheBacklog() throws IOException {
        open();
        fill(1, 100);
        queue.close();
        List<Path> files = segments();
        for (Path file : files.subList(0, files.size() - 1)) {
            try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
                content.seek(SegmentFile.HEAD);
                content.write(new byte[(int) content.length() - SegmentFile.HEAD]);
            }
        }
        open();
        assertThat(queue.waiting()).as("nothing is known to be damaged").isEqualTo(100);
        assertThat(queue.damaged()).isZero();
        assertThat(deliver(100)).hasSize(100 - (first(files.get(files.size() - 1)) - 1));
        assertThat(queue.damaged()).isEqualTo(first(files.get(files.size() - 1)) - 1);
    }

    @Test
    void theBacklogOfAFolderIsKnownWithoutOpeningIt() throws IOException {
        assertThat(DiskQueue.waiting(folder)).isZero();
        open();
        fill(1, 50);
        deliver(20);
        queue.close();
        assertThat(DiskQueue.waiting(folder)).isEqualTo(30);
        open();
        deliver(100);
        queue.close();
        assertThat(DiskQueue.waiting(folder)).isZero();
    }

    @Test
    void aLostPositionDeliversAgain() throws IOException {
        open();
        fill(1, 5);
        deliver(3);
        queue.close();
        Files.delete(folder.resolve(PositionFile.NAME));
        open();
        assertThat(deliver(10)).isEqualTo(ids(1, 5));
    }

    @Test
    void anInterruptedReaderDamagesNothing() throws IOException {
        open();
        fill(1, 5);
        Thread.currentThread().interrupt();
        assertThat(deliver(2)).isEqualTo(ids(1, 2));
        assertThat(Thread.interrupted()).isTrue();
        fill(6, 7);
        assertThat(deliver(10)).isEqualTo(ids(3, 7));
    }

    @Test
    void aLineMayBeLargerThanAFile() throws IOException {
        open();
        String text = "{\"type\":\"trade\",\"id\":\"" + "9".repeat(3_000) + "\"}";
        assertThat(queue.append(text.getBytes(StandardCharsets.UTF_8), 1)).isTrue();
        fill(2, 3);
        assertThat(deliver(10)).hasSize(3);
    }

    @Test
    void nothingIsStoredIntoTheReserveOfTheDisk() throws IOException {
        queue = DiskQueue.open(folder, new DiskLimits(10_000, Long.MAX_VALUE, 500));
        assertThat(queue.spaceLow()).isTrue();
        assertThat(queue.append(line(1), 1)).isFalse();
    }

    @Test
    void aFolderIsUsedByOneQueue() throws IOException {
        open();
        assertThatThrownBy(() -> DiskQueue.open(folder, LIMITS)).hasMessageContaining("another process uses");
    }

    @Test
    void fieldsAreExact() throws IOException {
        open();
        queue.append(
                ("{\"type\":\"trade\",\"timestamp\":1700000000000.123,\"price\":50000,\"qty\":0.10,\"id\":\"7\","
                                + "\"seq\":12,\"received_at\":1700000000000456}")
                        .getBytes(StandardCharsets.UTF_8),
                1);
        LineBatch batch = queue.read("s", 10, 1_000);
        assertThat(batch.iterator().next().values().toString())
                .isEqualTo("[trade, 2023-11-14T22:13:20.000123Z, 50000, 0.10, 7, 12, 2023-11-14T22:13:20.000456Z]");
    }
}
