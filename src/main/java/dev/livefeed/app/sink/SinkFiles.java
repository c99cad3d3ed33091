package dev.livefeed.app.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends lines to files, one for each type and UTC day on which they were stored. Files of earlier days are
 * compressed. Not for several threads at a time.
 */
public final class SinkFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFiles.class);
    private static final String SUFFIX = ".ndjson";
    private static final String COMPRESSED = ".ndjson.gz";

    private record Target(String type, LocalDate day) {}

    private final Path folder;
    /** Files that this process has looked at: they end with a whole line. */
    private final Set<Target> opened = new HashSet<>();

    public SinkFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Appends all lines, or none.
     *
     * @throws IOException if none was appended
     */
    public synchronized void append(LineBatch batch) throws IOException {
        Map<Target, ByteArrayOutputStream> parts = new LinkedHashMap<>();
        for (StoredLine line : batch.lines()) {
            LocalDate day = Instant.ofEpochMilli(line.timeMillis())
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate();
            ByteArrayOutputStream part = parts.computeIfAbsent(
                    new Target(LineFields.type(line.bytes()), day), target -> new ByteArrayOutputStream());
            part.writeBytes(line.bytes());
            part.write('\n');
        }
        Map<Target, Long> before = new LinkedHashMap<>();
        try {
            for (Map.Entry<Target, ByteArrayOutputStream> part : parts.entrySet()) {
                append(part.getKey(), part.getValue().toByteArray(), before);
            }
        } catch (IOException e) {
            before.forEach((target, length) -> takeBack(target, length, e));
            throw e;
        }
    }

    private Path file(Target target) {
        return folder.resolve(target.type).resolve(target.day + SUFFIX);
    }

    private void append(Target target, byte[] lines, Map<Target, Long> before) throws IOException {
        Path file = file(target);
        boolean first = !opened.contains(target);
        if (first) {
            Files.createDirectories(file.getParent());
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            if (opened.add(target)) {
                out.setLength(endOfLastLine(out));
            }
            before.put(target, out.length());
            out.seek(out.length());
            out.write(lines);
        }
        if (first) {
            compressBefore(target);
        }
    }

    /** A process that has ended while it wrote may have left a part of a line, which is delivered again. */
    static long endOfLastLine(RandomAccessFile file) throws IOException {
        byte[] chunk = new byte[8192];
        long end = file.length();
        while (end > 0) {
            int size = (int) Math.min(chunk.length, end);
            file.seek(end - size);
            file.readFully(chunk, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                if (chunk[i] == '\n') {
                    return end - size + i + 1;
                }
            }
            end -= size;
        }
        return 0;
    }

    private void takeBack(Target target, long length, IOException failure) {
        try (RandomAccessFile out = new RandomAccessFile(file(target).toFile(), "rw")) {
            out.setLength(length);
        } catch (IOException e) {
            opened.remove(target);
            failure.addSuppressed(e);
        }
    }

    /** A file that cannot be compressed now is left as it is until the next day or start. */
    private void compressBefore(Target target) {
        try (Stream<Path> all = Files.list(folder.resolve(target.type))) {
            for (Path file : all.sorted().toList()) {
                LocalDate day = day(file.getFileName().toString());
                if (day != null && day.isBefore(target.day)) {
                    opened.remove(new Target(target.type, day));
                    compress(file, day);
                }
            }
        } catch (IOException e) {
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

    private static void compress(Path file, LocalDate day) throws IOException {
        Path compressed = file.resolveSibling(day + COMPRESSED);
        for (int number = 2; Files.exists(compressed); number++) {
            compressed = file.resolveSibling(day + "-" + number + COMPRESSED);
        }
        Path part = file.resolveSibling(compressed.getFileName() + ".part");
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), 64 * 1024)) {
            in.transferTo(out);
        }
        Files.move(part, compressed, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
    }
}
