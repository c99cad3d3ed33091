package dev.livefeed.connector.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Pages of past data in a file, compressed, each behind its length and checksum. The rest behind the last whole page,
 * which a crash may have left, is cut off. Files that were not changed for two days are deleted. Not thread-safe.
 */
public final class PageFile implements Closeable {

    private static final int HEAD = 8;
    private static final int MAX_PAGE = 8 * 1024 * 1024;

    /** Beyond it, pages are not kept any more. */
    private static final long MAX_FILE = 512L * 1024 * 1024;

    private static final Duration KEPT = Duration.ofDays(2);

    private final FileChannel channel;

    /** Position behind the pages that were read or written. */
    private long at;

    private PageFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a file, and deletes old ones with the same end of their name.
     *
     * @param folder created if there is none
     */
    public static PageFile open(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        deleteOld(folder, name.substring(name.lastIndexOf('.')));
        return new PageFile(FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private static void deleteOld(Path folder, String end) throws IOException {
        FileTime oldest = FileTime.from(Instant.now().minus(KEPT));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + end)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The next page, or null behind the last one. */
    public byte[] next() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (!fill(head, at)) {
            return end();
        }
        int length = head.getInt(0);
        if (length <= 0 || length > MAX_PAGE) {
            return end();
        }
        ByteBuffer page = ByteBuffer.allocate(length);
        if (!fill(page, at + HEAD) || checksum(page.array()) != head.getInt(4)) {
            return end();
        }
        at += HEAD + length;
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(page.array()))) {
            return unpacked.readNBytes(MAX_PAGE);
        }
    }

    private byte[] end() throws IOException {
        channel.truncate(at);
        return null;
    }

    private boolean fill(ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Adds a page behind the last one; {@link #next} must have returned null before. */
    public void append(byte[] page) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(page.length / 8);
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(page);
        }
        byte[] bytes = packed.toByteArray();
        if (bytes.length > MAX_PAGE || at + HEAD + bytes.length > MAX_FILE) {
            throw new IOException("the file would be larger than " + MAX_FILE + " bytes");
        }
        ByteBuffer whole = ByteBuffer.allocate(HEAD + bytes.length);
        whole.putInt(bytes.length).putInt(checksum(bytes)).put(bytes).flip();
        long from = at;
        while (whole.hasRemaining()) {
            from += channel.write(whole, from);
        }
        at = from;
    }

    /** Removes all pages. */
    public void clear() throws IOException {
        channel.truncate(0);
        at = 0;
    }

    private static int checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
