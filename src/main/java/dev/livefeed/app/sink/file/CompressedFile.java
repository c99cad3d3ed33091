package dev.livefeed.app.sink.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Compresses files so that each line is in one file, also after a process that has ended meanwhile. */
final class CompressedFile {

    private static final String SUFFIX = ".ndjson.gz";
    private static final int CHUNK = 64 * 1024;

    private CompressedFile() {}

    /** Replaces a file by {@code NAME.ndjson.gz}, or {@code NAME-2.ndjson.gz} and so on if there is another one. */
    static void replace(Path file, String name) throws IOException {
        Path compressed = file.resolveSibling(name + SUFFIX);
        for (int number = 2; Files.exists(compressed); number++) {
            if (holds(compressed, file)) {
                Files.delete(file); // an earlier process has ended before it did that
                return;
            }
            compressed = file.resolveSibling(name + '-' + number + SUFFIX);
        }
        Path part = file.resolveSibling(compressed.getFileName() + ".part");
        try {
            write(file, part);
            Files.move(part, compressed, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part); // on a full disk it would take the room of lines
        }
        Files.delete(file);
    }

    private static void write(Path file, Path compressed) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                FileChannel out = FileChannel.open(
                        compressed,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            GZIPOutputStream lines = new GZIPOutputStream(Channels.newOutputStream(out), CHUNK);
            in.transferTo(lines);
            lines.finish();
            out.force(true); // before the file is deleted
        }
    }

    private static boolean holds(Path compressed, Path file) throws IOException {
        try (InputStream one = new GZIPInputStream(Files.newInputStream(compressed), CHUNK);
                InputStream other = Files.newInputStream(file)) {
            byte[] expected;
            do {
                expected = other.readNBytes(CHUNK);
                if (!Arrays.equals(expected, one.readNBytes(CHUNK))) {
                    return false;
                }
            } while (expected.length > 0);
            return true;
        } catch (ZipException | EOFException e) {
            return false; // not compressed by this program, or damaged
        }
    }
}
