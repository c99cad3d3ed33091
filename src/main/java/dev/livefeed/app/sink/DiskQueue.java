package dev.livefeed.app.sink;

import dev.livefeed.app.state.FolderLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * A queue of lines in the files of a folder, which one process uses at a time. A line is in the operating system's
 * cache when {@link #append} returns, and on the disk after {@link #force}: it survives the end of the process, not
 * that of the machine. Lines are read in order, and again until they are confirmed by {@link #delivered}. Each has a
 * sequence number; with the run that has stored it, it identifies the line.
 */
public final class DiskQueue implements Closeable {

    private final Path folder;
    private final DiskLimits limits;
    private final FolderLock lock;
    private final PositionFile position;
    private final long run;
    /** In order. */
    private final Deque<SegmentFile> segments = new ArrayDeque<>();
    /**
     * The last of them, if this process has created it; null before its first line: the backlog of a full disk can be
     * read, and makes room.
     */
    private SegmentFile tail;

    private SegmentReader reader;
    /** Position in the first segment behind the last delivered line. */
    private long headOffset = SegmentFile.HEAD;

    private boolean dirty;
    private boolean closed;
    private volatile long delivered;
    private volatile long last;
    private volatile long bytes;
    private volatile long damaged;
    private volatile long oldestMillis = -1;
    private volatile boolean spaceLow;

    private DiskQueue(Path folder, DiskLimits limits, FolderLock lock, PositionFile position, long now)
            throws IOException {
        this.folder = folder;
        this.limits = limits;
        this.lock = lock;
        this.position = position;
        delivered = position.delivered();
        long newest = position.run();
        for (SegmentFile segment : stored()) {
            segments.add(segment);
            bytes += segment.length();
            newest = Math.max(newest, segment.run());
        }
        if (!segments.isEmpty()) {
            segments.getLast().cut();
            skipTo(segments.getFirst().first() - 1, position.run() > 0);
        }
        last = segments.isEmpty() ? delivered : Math.max(segments.getLast().last(), delivered);
        run = Math.max(now, newest + 1);
        if (!segments.isEmpty() && segments.getFirst().first() <= delivered) {
            skipDelivered();
        }
        checkSpace();
    }

    /**
     * Opens the queue of a folder, creating it if necessary.
     *
     * @throws IOException if the folder cannot be used, or is used by another process
     */
    public static DiskQueue open(Path folder, DiskLimits limits) throws IOException {
        FolderLock lock = FolderLock.of(folder);
        if (lock == null) {
            throw new IOException("another process uses " + folder);
        }
        PositionFile position = null;
        try {
            position = new PositionFile(folder);
            position.reserve();
            return new DiskQueue(folder, limits, lock, position, System.currentTimeMillis());
        } catch (IOException | RuntimeException e) {
            if (position != null) {
                position.close();
            }
            lock.close();
            throw e;
        }
    }

    /** Number of undelivered lines in a folder that no queue uses. */
    static long waiting(Path folder) throws IOException {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            return 0;
        }
        SegmentFile last = SegmentFile.open(files.get(files.size() - 1));
        last.findLast();
        long delivered = SegmentFile.open(files.get(0)).first() - 1;
        if (Files.exists(folder.resolve(PositionFile.NAME))) {
            try (PositionFile position = new PositionFile(folder)) {
                delivered = Math.max(delivered, position.delivered());
            }
        }
        return Math.max(0, last.last() - delivered);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(SegmentFile::isSegment).sorted().toList();
        }
    }

    /**
     * The segments with undelivered lines; others are deleted. Only the last one is read: each other one ends where the
     * next begins.
     */
    private List<SegmentFile> stored() throws IOException {
        List<Path> files = files(folder);
        List<SegmentFile> stored = new ArrayList<>();
        long next = 0;
        for (int i = files.size() - 1; i >= 0; i--) {
            SegmentFile segment = SegmentFile.open(files.get(i));
            if (stored.isEmpty()) {
                segment.findLast();
            } else {
                segment.endsAt(next - 1);
            }
            if (segment.isEmpty() || segment.last() <= delivered) {
                segment.delete();
            } else {
                stored.add(0, segment);
                next = segment.first();
            }
        }
        return stored;
    }

    /** Gives up the undelivered lines up to a number, which count as damaged if that is what they are. */
    private void skipTo(long number, boolean damage) {
        if (number > delivered) {
            damaged += damage ? number - delivered : 0;
            delivered = number;
        }
    }

    private void skipDelivered() throws IOException {
        SegmentFile head = segments.getFirst();
        reader = head.reader(SegmentFile.HEAD);
        long next = head.first();
        StoredLine line = null;
        while (next <= delivered && (line = reader.nextFrom(head.length(), next, head.last())) != null) {
            next = line.sequence() + 1;
        }
        boolean beyond = line != null && line.sequence() > delivered;
        headOffset = reader.offset() - (beyond ? StoredLine.size(line.bytes()) : 0);
    }

    /**
     * Stores a line, unless there is no room.
     *
     * @param timeMillis the current time, milliseconds since 1970
     * @return whether it was stored
     * @throws IOException if it was not stored because the disk refused it
     */
    public synchronized boolean append(byte[] line, long timeMillis) throws IOException {
        if (!hasRoom(StoredLine.size(line))) {
            return false;
        }
        store(line, timeMillis);
        return true;
    }

    /** Stores a line beyond the limit; only for the few that tell of a loss. */
    synchronized void store(byte[] line, long timeMillis) throws IOException {
        if (closed) {
            throw new IOException("the queue is closed");
        }
        try {
            write(line, timeMillis);
        } catch (IOException e) {
            if (delivered < last || segments.isEmpty()) {
                throw e;
            }
            while (!segments.isEmpty()) {
                nextSegment(); // the disk has no room, but what is delivered takes some of it
            }
            write(line, timeMillis);
        }
        bytes += StoredLine.size(line);
        if (last++ == delivered) {
            oldestMillis = timeMillis;
        }
        dirty = true;
    }

    private void write(byte[] line, long timeMillis) throws IOException {
        if (tail == null || !tail.isEmpty() && tail.length() + StoredLine.size(line) > limits.segmentBytes()) {
            roll();
        }
        tail.append(line, timeMillis);
    }

    /** Whether a number of bytes can be stored within the limits. */
    synchronized boolean hasRoom(long more) {
        return !spaceLow && bytes + more + SegmentFile.HEAD <= limits.bytes();
    }

    private void roll() throws IOException {
        SegmentFile full = tail;
        tail = SegmentFile.create(folder, run, last + 1);
        segments.add(tail);
        bytes += SegmentFile.HEAD;
        if (full != null) {
            if (full.isEmpty()) { // then it had the name of the next one
                segments.remove(full);
                bytes -= full.length();
            }
            full.force();
            full.close();
        }
    }

    /** Starts another file if the one that is written was deleted by others. */
    synchronized void checkFile() throws IOException {
        if (!closed && tail != null && !tail.exists()) {
            roll();
        }
    }

    /** Measures the free space of the disk; to be called regularly. */
    void checkSpace() throws IOException {
        spaceLow = limits.reserve() > 0 && Files.getFileStore(folder).getUsableSpace() < limits.reserve();
    }

    /** Whether the disk has less free space than is to be kept. */
    boolean spaceLow() {
        return spaceLow;
    }

    /**
     * Returns the oldest undelivered lines, of one run and without a gap in their numbers; null if there are none.
     *
     * @param mostBytes no further line is added once the lines have this size
     */
    public synchronized LineBatch read(String name, int mostLines, long mostBytes) throws IOException {
        while (delivered < last && !closed) {
            SegmentFile head = segments.getFirst();
            StoredLine line = first(head);
            if (line != null) {
                skipTo(line.sequence() - 1, true);
                LineBatch.Builder batch = new LineBatch.Builder(name, head.run(), line.sequence());
                while (line != null) {
                    batch.add(line);
                    line = batch.size() < mostLines && batch.bytes() < mostBytes
                            ? reader.next(head.length(), line.sequence() + 1)
                            : null;
                }
                LineBatch lines = batch.build(reader.offset());
                oldestMillis = lines.oldestMillis();
                return lines;
            }
            nextSegment();
        }
        oldestMillis = delivered < last ? oldestMillis : -1;
        return null;
    }

    /** The first undelivered line of a segment, or null if nothing more can be read of it. */
    private StoredLine first(SegmentFile head) throws IOException {
        if (reader == null) {
            if (!head.exists()) {
                return null; // deleted by others
            }
            reader = head.reader(headOffset);
        }
        reader.seek(headOffset);
        return reader.nextFrom(head.length(), delivered + 1, head.last());
    }

    /** Leaves the first segment, of which nothing more can be read. */
    private void nextSegment() throws IOException {
        SegmentFile left = segments.getFirst();
        skipTo(left.last(), true);
        try {
            savePosition(); // else lines that were delivered would be missing after a crash of the machine
        } catch (IOException e) {
            left.delete(); // the disk has no room, but what is delivered takes some of it
            savePosition();
        }
        left.delete();
        segments.removeFirst();
        bytes -= left.length();
        headOffset = SegmentFile.HEAD;
        if (left == tail) {
            tail = null;
            left.close();
        }
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private void savePosition() throws IOException {
        position.write(delivered, run);
        position.force();
    }

    /**
     * Confirms the lines that {@link #read} returned last; others are ignored.
     *
     * @throws IOException if that cannot be saved: they are delivered again after a restart
     */
    public synchronized void delivered(LineBatch batch) throws IOException {
        if (closed
                || segments.isEmpty()
                || batch.first() != delivered + 1
                || batch.run() != segments.getFirst().run()) {
            return;
        }
        delivered = batch.last();
        headOffset = batch.end();
        dirty = true;
        if (delivered == last) {
            oldestMillis = -1;
        }
        try {
            position.write(delivered, run);
        } finally {
            while (segments.size() > 1 && headOffset >= segments.getFirst().length()) {
                nextSegment();
            }
        }
    }

    /** Writes everything to the disk. */
    public void force() throws IOException {
        SegmentFile written;
        synchronized (this) {
            if (!dirty || closed) {
                return;
            }
            dirty = false;
            written = tail;
        }
        if (written != null) {
            written.force();
        }
        position.force();
    }

    /** Whether the folder is still the one that was opened. */
    boolean isValid() {
        return lock.holds();
    }

    /** Sequence number of the last delivered line. */
    public long delivered() {
        return delivered;
    }

    /** Sequence number of the last stored line. */
    public long last() {
        return last;
    }

    /** Number of undelivered lines. */
    public long waiting() {
        return Math.max(0, last - delivered);
    }

    /** Size of all files. */
    public long bytes() {
        return bytes;
    }

    public DiskLimits limits() {
        return limits;
    }

    /** Lines that could not be read again. */
    public long damaged() {
        return damaged;
    }

    /** When the oldest undelivered line was stored, as far as it was read; -1 if there is none or it is not known. */
    public long oldestMillis() {
        return oldestMillis;
    }

    /** Identifies the use of the folder by this process; later ones have a larger number. */
    public long run() {
        return run;
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (dirty && tail != null) {
                tail.force();
            }
            if (dirty) {
                position.force();
            }
        } finally {
            if (reader != null) {
                reader.close();
            }
            if (tail != null) {
                tail.close();
            }
            position.close();
            lock.close();
        }
    }
}
