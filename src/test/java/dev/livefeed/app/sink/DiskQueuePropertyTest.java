package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Lines are neither lost nor reordered, whatever the order of calls and wherever the end of the process or of the
 * machine cuts the files; what is delivered twice has the same number.
 */
class DiskQueuePropertyTest {

    private static final DiskLimits LIMITS = new DiskLimits(4_000, 0, 300);

    @Property(tries = 20)
    void nothingIsLostByTheEndOfTheProcess(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("queue");
        DiskQueue queue = DiskQueue.open(folder, LIMITS);
        try {
            long stored = 0;
            long delivered = 0;
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> {
                        queue.close();
                        queue = DiskQueue.open(folder, LIMITS);
                        assertThat(queue.last()).isEqualTo(stored);
                        assertThat(queue.delivered()).isEqualTo(delivered);
                    }
                    case 1, 2, 3 -> {
                        LineBatch batch = queue.read("s", 1 + random.nextInt(20), 1 + random.nextInt(500));
                        assertThat(batch == null).isEqualTo(stored == delivered);
                        if (batch != null) {
                            assertInOrder(batch, delivered + 1);
                            if (random.nextInt(3) > 0) {
                                queue.delivered(batch);
                                delivered = batch.last();
                            }
                        }
                    }
                    case 4 -> queue.force();
                    default -> {
                        if (queue.append(line(stored + 1, random), step)) {
                            stored++;
                        }
                        assertThat(queue.bytes()).isLessThanOrEqualTo(LIMITS.bytes());
                    }
                }
            }
        } finally {
            queue.close();
            delete(folder);
        }
    }

    @Property(tries = 20)
    void aCutTailLosesOnlyWhatIsBehindTheCut(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("queue");
        try {
            long stored = 0;
            long delivered = 0;
            DiskQueue queue = DiskQueue.open(folder, LIMITS);
            long runs = queue.run();
            for (int step = 0; step < 40 && queue.append(line(stored + 1, random), step); step++) {
                stored++;
                if (random.nextInt(5) == 0) {
                    LineBatch batch = queue.read("s", 3, 1_000);
                    queue.delivered(batch);
                    delivered = batch.last();
                }
            }
            queue.close();
            List<Path> files = segments(folder);
            Path tail = files.get(files.size() - 1);
            long first = Long.parseLong(tail.getFileName().toString().substring(0, 20));
            long cut = random.nextLong(Files.size(tail) + 1);
            try (RandomAccessFile file = new RandomAccessFile(tail.toFile(), "rw")) {
                file.setLength(cut);
                if (random.nextBoolean()) { // a machine that stops may leave anything behind what it has written
                    byte[] rest = new byte[random.nextInt(60)];
                    random.nextBytes(rest);
                    file.seek(cut);
                    file.write(rest);
                }
            }

            queue = DiskQueue.open(folder, LIMITS);
            assertThat(queue.last()).isBetween(Math.max(delivered, first - 1), stored);
            assertThat(queue.run()).isGreaterThan(runs);
            long kept = queue.last();
            if (queue.append(line(kept + 1, random), 1)) {
                kept++;
            }
            LineBatch batch;
            while ((batch = queue.read("s", 7, 1_000)) != null) {
                assertInOrder(batch, delivered + 1);
                queue.delivered(batch);
                delivered = batch.last();
            }
            assertThat(delivered).isEqualTo(kept);
            assertThat(queue.damaged()).isZero();
            queue.close();
        } finally {
            delete(folder);
        }
    }

    /** A line that begins with its number. */
    private static byte[] line(long number, Random random) {
        return ByteBuffer.allocate(8 + random.nextInt(100)).putLong(number).array();
    }

    private static void assertInOrder(LineBatch batch, long first) {
        assertThat(batch.first()).isEqualTo(first);
        ByteBuffer all = ByteBuffer.wrap(batch.ndjson());
        assertThat(all.getLong(0)).isEqualTo(first);
        for (int i = 0; i < batch.size(); i++) {
            assertThat(ByteBuffer.wrap(batch.line(i)).getLong()).isEqualTo(first + i);
        }
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SegmentFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
