package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A buffer tells its reader of what it did not take, at the place where it is missing. */
class SinkBufferTest {

    private static final long START = 1_700_000_000_000L;

    @TempDir
    private Path folder;

    private final EventReader reader = reader("bybit");
    private SinkBuffers buffers;

    @AfterEach
    void close() {
        if (buffers != null) {
            buffers.close();
        }
    }

    private SinkBuffer open(DiskLimits limits) {
        if (buffers != null) {
            buffers.close();
        }
        buffers = new SinkBuffers(folder, limits);
        return buffers.buffer("s", Set.of("trade"));
    }

    private static EventReader reader(String venue) {
        return new EventReader(
                new Instruments(venue, "linear", List.of(InstrumentId.of(venue, "linear", "BTCUSDT"))),
                () -> false,
                () -> START * 1_000);
    }

    private Event trade(long id) {
        return trade(reader, id);
    }

    private static Event trade(EventReader reader, long id) {
        String line = "{\"type\":\"trade\",\"timestamp\":" + (START + id)
                + ",\"symbol\":\"BTCUSDT\",\"category\":\"linear\",\"price\":50000.5,\"qty\":0.10,\"side\":\"buy\","
                + "\"id\":\""
                + id + "\"}";
        try {
            return reader.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (dev.livefeed.protocol.codec.InvalidEventException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    private void give(long from, long to) {
        LongStream.rangeClosed(from, to).forEach(id -> buffers.accept(trade(id)));
    }

    private List<Map<String, Object>> lines(SinkBuffer buffer, int count) {
        List<Map<String, Object>> lines = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            LineBatch batch = buffer.read(100, 0, 100);
            if (batch != null) {
                batch.forEach(lines::add);
                buffer.delivered(batch);
            }
            return lines.size() >= count;
        });
        return lines;
    }

    private static List<String> trades(List<Map<String, Object>> lines) {
        return lines.stream()
                .filter(line -> line.get("type").equals("trade"))
                .map(line -> (String) line.get("id"))
                .toList();
    }

    private static List<String> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    private SinkView view() {
        return buffers.views().get(0);
    }

    @Test
    void eventsOfItsTypesAreKeptOverARestart() {
        open(DiskLimits.ofMegabytes(1, 0));
        give(1, 500);
        SinkBuffer again = open(DiskLimits.ofMegabytes(1, 0));
        give(501, 510);
        assertThat(trades(lines(again, 510))).isEqualTo(ids(1, 510));
        assertThat(view().counters().sequence()).isEqualTo(510);
        assertThat(view().waiting().events()).isZero();
    }

    @Test
    void aFullBufferAnnouncesWhatItDidNotTakeBeforeTheNextEvent() {
        SinkBuffer buffer = open(new DiskLimits(20_000, 0, 2_000));
        give(1, 1_000);
        await().untilAsserted(() ->
                assertThat(view().counters().taken() + view().counters().lost()).isEqualTo(1_000));
        long taken = view().counters().taken();
        assertThat(taken).isBetween(50L, 200L);
        assertThat(view().losses().ongoing()).isTrue();
        assertThat(view().losses().last().events()).isEqualTo(1_000 - taken);
        assertThat(view().losses().last().symbols()).containsEntry("linear:BTCUSDT", 1_000 - taken);

        List<Map<String, Object>> lines = lines(buffer, (int) taken);
        await().atMost(Duration.ofSeconds(10)).until(() -> !view().losses().ongoing());
        give(1_001, 1_010);
        lines.addAll(lines(buffer, (int) taken + 11 - lines.size()));

        assertThat(trades(lines).subList(0, (int) taken)).isEqualTo(ids(1, taken));
        Map<String, Object> gap = lines.get((int) taken);
        assertThat(gap)
                .containsEntry("type", "status")
                .containsEntry("status", "gap")
                .containsEntry("sink", "s")
                .containsEntry("channel", "trades")
                .containsEntry("symbol", "BTCUSDT")
                .containsEntry("category", "linear")
                .containsEntry("count", 1_000 - taken)
                .containsEntry(
                        "from",
                        java.time.Instant.ofEpochMilli(START + taken + 1).toString())
                .containsEntry(
                        "to", java.time.Instant.ofEpochMilli(START + 1_000).toString());
        assertThat(trades(lines.subList((int) taken + 1, lines.size()))).isEqualTo(ids(1_001, 1_010));
    }

    @Test
    void whatIsNotAnnouncedAtTheEndIsAnnouncedByTheNextRun() {
        open(new DiskLimits(20_000, 0, 2_000));
        give(1, 1_000);
        await().untilAsserted(() ->
                assertThat(view().counters().taken() + view().counters().lost()).isEqualTo(1_000));
        int taken = (int) view().counters().taken();
        List<Map<String, Object>> lines = lines(open(new DiskLimits(20_000, 0, 2_000)), taken + 1);
        assertThat(lines.get(taken)).containsEntry("status", "gap").containsEntry("count", 1_000L - taken);
    }

    @Test
    void aFolderThatCannotBeUsedIsTriedAgain() throws IOException {
        Files.createFile(folder.resolve("s")); // in place of the folder
        SinkBuffer buffer = open(DiskLimits.ofMegabytes(1, 0));
        give(1, 3);
        await().untilAsserted(() -> assertThat(view().counters().lost()).isEqualTo(3));
        assertThat(view().failures().disk()).isNotNull();
        Files.delete(folder.resolve("s"));
        await().atMost(Duration.ofSeconds(10)).until(() -> view().failures().disk() == null);
        give(4, 5);
        List<Map<String, Object>> lines = lines(buffer, 3);
        assertThat(lines.get(0)).containsEntry("status", "gap").containsEntry("count", 3L);
        assertThat(trades(lines)).isEqualTo(ids(4, 5));
    }

    @Test
    void aDeletedFolderIsCreatedAgainAndWhatItHeldIsAnnounced() throws IOException {
        SinkBuffer buffer = open(DiskLimits.ofMegabytes(1, 0));
        give(1, 3);
        await().until(() -> view().counters().taken() == 3);
        try (Stream<Path> files = Files.walk(folder.resolve("s"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> view().counters().lost() == 3);
        give(4, 5);
        List<Map<String, Object>> lines = lines(buffer, 3);
        assertThat(lines.get(0)).containsEntry("status", "gap").containsEntry("count", 3L);
        assertThat(trades(lines)).isEqualTo(ids(4, 5));
        assertThat(view().losses().reason()).contains("deleted");
    }

    /** Nothing can be read while a folder is in place of the file. */
    @Test
    void whatCannotBeReadDoesNotStopWhatIsStored() throws IOException {
        SinkBuffer buffer = open(new DiskLimits(1_000_000, 0, 1_000));
        give(1, 100);
        await().until(() -> view().counters().taken() == 100);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("s"))) {
            files = all.filter(SegmentFile::isSegment).sorted().toList();
        }
        Path second = files.get(1);
        Path away = folder.resolve("away");
        Files.move(second, away);
        Files.createDirectory(second);
        List<Map<String, Object>> lines = new ArrayList<>();
        await().until(() -> {
            LineBatch batch = buffer.read(100, 0, 10);
            if (batch != null) {
                batch.forEach(lines::add);
                buffer.delivered(batch);
            }
            return view().failures().disk() != null;
        });
        assertThat(view().failures().disk()).startsWith("events cannot be read: ");
        give(101, 200);
        await().until(() -> view().counters().taken() == 200);
        Files.delete(second);
        Files.move(away, second);
        lines.addAll(lines(buffer, 200 - lines.size()));
        assertThat(trades(lines)).isEqualTo(ids(1, 200));
        assertThat(view().counters().lost()).isZero();
        assertThat(view().failures().disk()).isNull();
    }

    @Test
    void theBacklogOfASinkThatIsNoLongerOnIsKnown() {
        open(DiskLimits.ofMegabytes(1, 0));
        give(1, 5);
        await().until(() -> view().counters().taken() == 5);
        assertThat(buffers.unused()).isEmpty();
        buffers.close();
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(1, 0));
        assertThat(buffers.unused()).containsExactly(Map.entry("s", 5L));
        assertThat(new SinkBuffers(folder.resolve("none"), DiskLimits.ofMegabytes(1, 0)).unused())
                .isEmpty();
    }

    @Test
    void aFolderThatCannotBeReadDoesNotHideTheBacklogOfOthers() throws IOException {
        open(DiskLimits.ofMegabytes(1, 0));
        give(1, 5);
        await().until(() -> view().counters().taken() == 5);
        buffers.close();
        for (String other : List.of("a", "z")) { // folders in place of files, one before and one behind
            Files.createDirectories(folder.resolve(other).resolve("0".repeat(20) + SegmentFile.SUFFIX));
        }
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(1, 0));
        assertThat(buffers.unused()).containsExactly(Map.entry("s", 5L));
    }

    @Test
    void otherTypesAreNotTaken() {
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(1, 0));
        buffers.buffer("s", Set.of("depth"));
        give(1, 3);
        assertThat(buffers.wants("trade")).isFalse();
        assertThat(buffers.wants("depth")).isTrue();
        assertThat(view().waiting().events()).isZero();
    }

    @Test
    void aFailingDeliveryIsKnownUntilItSucceeds() {
        SinkBuffer buffer = open(DiskLimits.ofMegabytes(1, 0));
        buffer.delivering(() -> "refused");
        assertThat(view().failures().since()).isNotNull();
        assertThat(view().failures().last()).isEqualTo("refused");
        buffer.failed("refused again");
        assertThat(view().failures().since()).isNotNull();
        give(1, 1);
        lines(buffer, 1);
        assertThat(view().failures().since()).isNull();
        assertThat(view().failures().last()).isEqualTo("refused again");
    }

    @Test
    void lossesOfTwoVenuesAreAnnouncedApart() {
        buffers = new SinkBuffers(folder, new DiskLimits(20_000, 0, 2_000));
        buffers.writeVenues();
        SinkBuffer buffer = buffers.buffer("s", Set.of("trade"));
        EventReader other = reader("binance");
        give(1, 200); // fills it
        await().until(() -> view().counters().lost() > 0);
        LongStream.rangeClosed(201, 230).forEach(id -> buffers.accept(trade(other, id)));
        await().until(() -> view().counters().taken() + view().counters().lost() == 230);
        long taken = view().counters().taken();

        List<Map<String, Object>> lines = lines(buffer, (int) taken + 2);
        assertThat(lines.subList((int) taken, lines.size()))
                .extracting(
                        gap -> gap.get("status"),
                        gap -> gap.get("venue"),
                        gap -> gap.get("count"),
                        gap -> gap.get("to"))
                .containsExactly(
                        tuple(
                                "gap",
                                "bybit",
                                200 - taken,
                                java.time.Instant.ofEpochMilli(START + 200).toString()),
                        tuple(
                                "gap",
                                "binance",
                                30L,
                                java.time.Instant.ofEpochMilli(START + 230).toString()));
    }

    @Test
    void damagedLinesAreNotAnnouncedWithTheReasonOfEarlierLosses() throws IOException {
        SinkBuffer buffer = open(new DiskLimits(20_000, 0, 2_000));
        give(1, 200);
        await().until(() -> view().counters().taken() + view().counters().lost() == 200);
        int taken = (int) view().counters().taken();
        Path second;
        try (Stream<Path> all = Files.list(folder.resolve("s"))) {
            second = all.filter(SegmentFile::isSegment).sorted().toList().get(1);
        }
        byte[] bytes = Files.readAllBytes(second);
        bytes[SegmentFile.HEAD + StoredLine.HEAD]++;
        Files.write(second, bytes);

        List<Map<String, Object>> lines = lines(buffer, taken + 1); // one less, and two gaps
        assertThat(lines.stream().filter(line -> line.get("type").equals("status")))
                .extracting(gap -> gap.get("symbol"), gap -> gap.get("count"), gap -> gap.get("reason"))
                .containsExactlyInAnyOrder(
                        tuple("BTCUSDT", 200L - taken, "the buffer was full (SINK_BUFFER_MB)"),
                        tuple(null, 1L, "stored events could not be read again"));
    }
}
