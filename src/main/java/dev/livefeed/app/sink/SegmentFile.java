package dev.livefeed.app.sink;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A file of consecutive records: a head of magic number, run and first sequence number, then each record as length,
 * checksum, sequence number, time and line. A record that was only partly written ends the file.
 */
final class SegmentFile implements Closeable {

    static final String SUFFIX = ".segment";
    static final int HEAD = 24;

    private static final Pattern NAME = Pattern.compile("0(\\d{19})\\.segment");

    /** LIVESINK; the last letter is that of this format, later formats have later ones. */
    private static final long MAGIC = 0x4C495645_53494E4BL;

    private final Path file;
    private final long run;
    private final long first;
    private volatile long length = HEAD;
    private volatile long last;
    /** Only of a segment that is written. */
    private FileChannel channel;

    private ByteBuffer buffer = ByteBuffer.allocate(4096);

    private SegmentFile(Path file, long run, long first) {
        this.file = file;
        this.run = run;
        this.first = first;
        last = first - 1;
    }

    /** Creates an empty segment that can be written. */
    static SegmentFile create(Path folder, long run, long first) throws IOException {
        SegmentFile segment = new SegmentFile(folder.resolve(String.format("%020d", first) + SUFFIX), run, first);
        segment.channel = FileChannel.open(
                segment.file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        try {
            ByteBuffer head =
                    ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(run).putLong(first);
            segment.write(head.flip(), 0);
            return segment;
        } catch (IOException e) {
            segment.close();
            Files.deleteIfExists(segment.file);
            throw e;
        }
    }

    /**
     * Opens an existing segment by its name and head, without reading its records: all of the file counts, and its last
     * record is not known. One whose head is damaged counts as empty.
     *
     * @throws IOException if it cannot be read, or has the format of a later version of the program
     */
    static SegmentFile open(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        long size;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            size = in.size();
            while (head.hasRemaining() && in.read(head) >= 0) {
                // until the head is complete
            }
        }
        long first = Long.parseLong(NAME.matcher(file.getFileName().toString()).replaceFirst("$1"));
        if (head.flip().remaining() == HEAD && isLater(head.getLong(0))) {
            throw new IOException(
                    file + " has the format of a later version of the program; let that version deliver it,"
                            + " or move the folder away");
        }
        boolean whole = head.remaining() == HEAD
                && head.getLong(0) == MAGIC
                && head.getLong(Long.BYTES) > 0
                && head.getLong(2 * Long.BYTES) == first;
        SegmentFile segment = new SegmentFile(file, whole ? head.getLong(Long.BYTES) : 0, first);
        segment.length = whole ? size : HEAD;
        return segment;
    }

    private static boolean isLater(long magic) {
        return magic > MAGIC && magic <= (MAGIC & ~0xFFL | 'Z');
    }

    /** Whether a file is named as a segment is. */
    static boolean isSegment(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    /** Tells which number the last record has, as the next segment begins behind it. */
    void endsAt(long number) {
        last = number;
    }

    /** Finds the last whole record, whatever damaged ones are before it. */
    void findLast() throws IOException {
        long end = Files.size(file);
        last = first - 1;
        try (SegmentReader reader = reader(HEAD)) {
            StoredLine line;
            while ((line = reader.nextFrom(end, last + 1, last + 1 + end / StoredLine.HEAD)) != null) {
                last = line.sequence();
            }
            length = run == 0 ? HEAD : reader.offset();
        }
    }

    /** Cuts off what follows the last whole record. */
    void cut() throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            out.truncate(length);
        }
    }

    /** Appends a record. After a failure the next record takes its place. */
    void append(byte[] line, long timeMillis) throws IOException {
        int size = StoredLine.size(line);
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocate(Math.max(size, buffer.capacity() * 2));
        }
        long sequence = last + 1;
        buffer.clear();
        buffer.putInt(line.length)
                .putInt(0)
                .putLong(sequence)
                .putLong(timeMillis)
                .put(line);
        buffer.putInt(4, checksum(buffer.array(), 8, size - 8));
        write(buffer.flip(), length);
        last = sequence;
        length += size;
        if (buffer.capacity() > 1 << 20) {
            buffer = ByteBuffer.allocate(4096);
        }
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** The checksum of a record: of all that follows it. */
    static int checksum(byte[] bytes, int offset, int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, count);
        return (int) checksum.getValue();
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Whether the file is still there. */
    boolean exists() {
        return Files.exists(file);
    }

    SegmentReader reader(long offset) throws IOException {
        return new SegmentReader(file, offset);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    long run() {
        return run;
    }

    long first() {
        return first;
    }

    /** Sequence number of the last record; one less than {@link #first} if there is none. */
    long last() {
        return last;
    }

    /** Position behind the last whole record. */
    long length() {
        return length;
    }

    boolean isEmpty() {
        return last < first;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
