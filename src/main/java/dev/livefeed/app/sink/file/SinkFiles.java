package dev.livefeed.app.sink.file;

import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.WholeLines;
import dev.livefeed.app.state.FolderLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends lines to files, one for each type and UTC day on which they were stored. Files of earlier days are
 * compressed. The folder is used by one process at a time: another one would take back lines of this one.
 */
public final class SinkFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFiles.class);
    private static final String SUFFIX = ".ndjson";
    private static final String COMPRESSED = ".ndjson.gz";

    private record Target(String type, LocalDate day) {}

    private final Path folder;
    private final Path buffers;
    private final WrittenFiles written;
    private FolderLock lock;
    /** Files that this process has looked at: they end with a whole line. */
    private final Set<Target> opened = new HashSet<>();
    /** By the name of the buffer. */
    private final Map<String, BatchStart> starts = new HashMap<>();
    /** What has begun with the last batches. */
    private final Set<Target> begun = new LinkedHashSet<>();

    /** @param buffers the folder that contains that of each buffer */
    public SinkFiles(Path folder, Path buffers) {
        this.folder = folder;
        this.buffers = buffers;
        this.written = new WrittenFiles(folder);
    }

    /** What this process has written. */
    public WrittenFiles written() {
        return written;
    }

    /**
     * Appends all lines, or none. What an earlier attempt has appended of the same batch is replaced.
     *
     * @throws IOException if none was appended
     */
    public synchronized void append(LineBatch batch) throws IOException {
        lock();
        Map<Target, ByteArrayOutputStream> parts = parts(batch);
        BatchStart start = start(batch.name());
        start.undo(batch);
        Map<Path, BatchStart.Part> files = new LinkedHashMap<>();
        for (Map.Entry<Target, ByteArrayOutputStream> part : parts.entrySet()) {
            files.put(
                    file(part.getKey()),
                    new BatchStart.Part(open(part.getKey()), part.getValue().size()));
        }
        start.write(batch, files);
        try {
            for (Map.Entry<Target, ByteArrayOutputStream> part : parts.entrySet()) {
                append(file(part.getKey()), part.getValue().toByteArray());
            }
        } catch (IOException e) {
            takeBack(start, batch, e);
            throw e;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        files.forEach((file, part) -> written.appended(file, part, now));
        compressEarlier(parts.keySet());
    }

    private void lock() throws IOException {
        if (lock != null && lock.holds()) {
            return;
        }
        close();
        lock = FolderLock.of(folder);
        if (lock == null) {
            throw new IOException("another process uses " + folder + "; set SINK_FILE_DIR to a folder of its own");
        }
    }

    /** Lets another process use the folder. */
    synchronized void close() throws IOException {
        opened.clear();
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    private static Map<Target, ByteArrayOutputStream> parts(LineBatch batch) {
        Map<Target, ByteArrayOutputStream> parts = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            LocalDate day = Instant.ofEpochMilli(batch.storedMillis(i))
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate();
            ByteArrayOutputStream part =
                    parts.computeIfAbsent(new Target(batch.type(i), day), target -> new ByteArrayOutputStream());
            part.writeBytes(batch.line(i));
            part.write('\n');
        }
        return parts;
    }

    private BatchStart start(String buffer) throws IOException {
        BatchStart start = starts.get(buffer);
        if (start == null) {
            start = new BatchStart(buffers.resolve(buffer));
            starts.put(buffer, start);
        }
        return start;
    }

    private Path file(Target target) {
        return folder.resolve(target.type).resolve(target.day + SUFFIX);
    }

    /** Makes the file end with a whole line, and returns its length. */
    private long open(Target target) throws IOException {
        Path file = file(target);
        boolean first = !opened.contains(target);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            if (first) {
                out.setLength(WholeLines.end(out, out.length()));
                opened.add(target);
                begun.add(target);
            }
            return out.length();
        }
    }

    private static void append(Path file, byte[] lines) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(out.length());
            out.write(lines);
            out.getFD().sync(); // the buffer forgets them
        }
    }

    private void takeBack(BatchStart start, LineBatch batch, IOException failure) {
        try {
            start.undo(batch);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** A day of this batch stays, as the batch is not confirmed yet and may have to be taken back. */
    private void compressEarlier(Set<Target> batch) {
        for (Target target : List.copyOf(begun)) {
            if (batch.stream().noneMatch(one -> one.type.equals(target.type) && one.day.isBefore(target.day))) {
                begun.remove(target);
                compressBefore(target);
            }
        }
    }

    /** A file that cannot be compressed now is left as it is until the next day or start. */
    private void compressBefore(Target target) {
        try (Stream<Path> all = Files.list(folder.resolve(target.type))) {
            for (Path file : all.sorted().toList()) {
                LocalDate day = day(file.getFileName().toString());
                if (day != null && day.isBefore(target.day)) {
                    opened.remove(new Target(target.type, day));
                    CompressedFile.replace(file, day.toString());
                    written.closed(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("sink_file_not_compressed folder={} reason=\"{}\"", folder.resolve(target.type), e.toString());
        }
    }

    private static LocalDate day(String name) {
        try {
            return name.endsWith(SUFFIX) ? LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
