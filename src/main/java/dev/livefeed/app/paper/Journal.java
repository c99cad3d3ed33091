package dev.livefeed.app.paper;

import dev.livefeed.app.state.FolderLock;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk: entries are only ever appended, each handed to the operating system before anybody sees its
 * effect. So nothing is lost when the process is killed; what a power failure can take is what {@link #sync} has not
 * yet brought to the disk.
 *
 * <ul>
 *   <li>Files are {@code journal-000001.jsonl} and so on. Each begins with everything that went before, so that the
 *       last one is enough; a new one is begun when the last has grown beyond the limit, under another name until it
 *       is whole. The last {@value #KEPT} files are kept.
 *   <li>A last line that is not whole is what a crash leaves behind: it is cut off, with a line in the log. A damaged
 *       line with others behind it is none of that: the journal is refused.
 *   <li>Where a file can no longer be relied on, since it took no more or was deleted, {@link #beginAnew} goes on in
 *       another.
 *   <li>One process at a time: the folder is locked.
 * </ul>
 *
 * <p>Serves one thread at a time but for {@link #sync}.
 */
final class Journal implements Closeable {

    static final int KEPT = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MAX_LINE = 32 * 1024 * 1024;

    private final Path folder;
    private final long maxBytes;
    private final PaperAccount account;
    private FolderLock lock;
    private Path file;
    /** What the file system knows the file by. */
    private Object key;

    private volatile FileChannel channel;
    private volatile boolean dirty;
    private int number;
    private long size;
    /** Size of the first line, which may be long: it does not count towards the limit. */
    private long begun;

    private long lines;
    private long lastAt;

    /**
     * Opens the journal of a folder and brings the account to where it ends; begins one where there is none.
     *
     * @param account a new one
     * @param keep whether to go on where it ends; otherwise its files are deleted and it is begun anew
     * @param first the first entry of a new journal
     * @param maxBytes size of a file beyond which a new one is begun
     * @throws JournalException where it is damaged, of another version, or in use
     */
    static Journal open(Path folder, boolean keep, long maxBytes, PaperAccount account, JournalEntry first)
            throws JournalException {
        try {
            FolderLock lock = FolderLock.of(folder);
            if (lock == null) {
                throw new JournalException(
                        folder + " is in use by another process; give this one a STATE_DIR of its own");
            }
            Journal journal = new Journal(folder, maxBytes, account, lock);
            try {
                if (!keep) {
                    for (Path old : journal.files()) {
                        Files.delete(old);
                    }
                }
                journal.load(first);
                return journal;
            } catch (IOException | JournalException e) {
                journal.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException("the journal in " + folder + " cannot be opened (" + e
                    + "); give STATE_DIR a folder that can be written");
        }
    }

    private Journal(Path folder, long maxBytes, PaperAccount account, FolderLock lock) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.account = account;
        this.lock = lock;
    }

    private void load(JournalEntry first) throws IOException, JournalException {
        List<Path> files = files();
        if (files.isEmpty()) {
            begin(1, first, 0);
            account.apply(first, 0);
            return;
        }
        Path last = files.get(files.size() - 1);
        number = numberOf(last);
        long good = read(last);
        channel = FileChannel.open(last, StandardOpenOption.WRITE);
        if (good < channel.size()) {
            LOG.warn(
                    "paper_journal_tail_cut file={} bytes={}: the last line was not whole, as a crash leaves it",
                    last,
                    channel.size() - good);
            channel.truncate(good);
        }
        channel.position(good);
        size = good;
        file = last;
        key = attributes(last).fileKey();
    }

    /** Applies every whole line; returns where the last of them ends. */
    private long read(Path file) throws IOException, JournalException {
        long good = 0;
        long at = 0;
        boolean torn = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
            for (int b = in.read(); b >= 0; b = in.read()) {
                at++;
                if (b != '\n') {
                    buffer.write(b);
                    if (buffer.size() > MAX_LINE) {
                        throw damaged(file, "a line of more than " + MAX_LINE + " bytes");
                    }
                    continue;
                }
                if (torn) {
                    throw damaged(file, "line " + (lines + 1) + " does not match its checksum");
                }
                JournalLine line = JournalLine.read(buffer.toByteArray());
                buffer.reset();
                if (line == null) {
                    torn = true;
                    continue;
                }
                apply(file, line);
                good = at;
                if (begun == 0) {
                    begun = good;
                }
            }
            if (torn && buffer.size() > 0) {
                throw damaged(file, "line " + (lines + 1) + " does not match its checksum");
            }
        }
        if (good == 0) {
            throw damaged(file, "no whole line");
        }
        return good;
    }

    private void apply(Path file, JournalLine line) throws JournalException {
        boolean start = line.entry() instanceof JournalEntry.Opened || line.entry() instanceof JournalEntry.State;
        if (lines == 0 && !start) {
            throw damaged(file, "it does not begin with a state");
        }
        if (lines > 0 && line.n() != lines + 1) {
            throw damaged(file, "line " + line.n() + " follows line " + lines);
        }
        try {
            account.apply(line.entry(), line.atMicros());
        } catch (RuntimeException e) {
            throw damaged(file, "line " + line.n() + " does not fit: " + e.getMessage());
        }
        lines = line.n();
        lastAt = line.atMicros();
    }

    private static JournalException damaged(Path file, String what) {
        return new JournalException("the journal " + file + " is damaged: " + what
                + "; restore it from a copy, or move the file away to begin with the one before it");
    }

    /**
     * Appends an entry and hands it to the operating system.
     *
     * @param force whether it must be on the disk when this returns
     * @throws IOException where the disk does not take it; nothing of it is left then
     */
    void append(long atMicros, JournalEntry entry, boolean force) throws IOException {
        if (size - begun > maxBytes) {
            begin(number + 1, account.state(), atMicros);
        }
        byte[] line = new JournalLine(lines + 1, atMicros, entry).bytes();
        try {
            write(channel, line);
            if (force) {
                channel.force(false);
            }
        } catch (IOException e) {
            cut(e);
            throw e;
        }
        size += line.length;
        dirty = !force;
        lines++;
        lastAt = atMicros;
    }

    private static void write(FileChannel channel, byte[] line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Takes away what lies behind the last whole line. */
    private void cut(IOException reason) {
        try {
            channel.truncate(size);
            channel.position(size);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Whether the file still is what was written: somebody may have deleted it, or its folder, or emptied it. */
    boolean whole() {
        try {
            BasicFileAttributes now = attributes(file);
            return Objects.equals(now.fileKey(), key) && now.size() == size;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // It cannot be looked at; whether it can be written is another question.
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    /**
     * Goes on in a new file, which begins with the whole state: whatever became of the one before, it is not read
     * again.
     *
     * @throws IOException where that cannot be; it may be tried again
     */
    void beginAnew(long atMicros) throws IOException {
        if (!lock.holds()) {
            FolderLock again = FolderLock.of(folder);
            if (again == null) {
                throw new IOException(folder + " is in use by another process");
            }
            FolderLock before = lock;
            lock = again;
            before.close();
        }
        cut(new IOException("the last line was not whole"));
        List<Path> files = files();
        int last = files.isEmpty() ? 0 : numberOf(files.get(files.size() - 1));
        begin(Math.max(number, last) + 1, account.state(), atMicros);
    }

    /** Begins a file that starts with this entry; it gets its name when it is whole on the disk. */
    private void begin(int next, JournalEntry start, long atMicros) throws IOException {
        Path named = folder.resolve(String.format(Locale.ROOT, "journal-%06d.jsonl", next));
        Path unfinished = folder.resolve("journal.new");
        byte[] line = new JournalLine(lines + 1, atMicros, start).bytes();
        FileChannel begunChannel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            write(begunChannel, line);
            begunChannel.force(true);
            key = attributes(unfinished).fileKey();
            Files.move(unfinished, named, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            begunChannel.close();
            delete(unfinished);
            throw e;
        }
        FileChannel before = channel;
        channel = begunChannel;
        file = named;
        number = next;
        size = line.length;
        begun = size;
        lines++;
        end(before);
        prune();
    }

    /** The file before is not read again: the new one holds all that it said. */
    private static void end(FileChannel before) {
        try {
            if (before != null) {
                before.close();
            }
        } catch (IOException e) {
            LOG.debug("the journal's file before could not be closed", e);
        }
    }

    private void prune() {
        try {
            List<Path> files = files();
            files.subList(0, Math.max(0, files.size() - KEPT)).forEach(Journal::delete);
        } catch (IOException e) {
            LOG.debug("old files of the journal could not be listed", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} could not be deleted", file, e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().matches("journal-\\d{6}\\.jsonl"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static int numberOf(Path file) {
        return Integer.parseInt(file.getFileName().toString().substring(8, 14));
    }

    /** Brings what was appended to the disk. Any thread. */
    void sync() throws IOException {
        if (dirty) {
            dirty = false;
            try {
                channel.force(false);
            } catch (ClosedChannelException e) {
                // A new file was begun just now, and the one before it brought to the disk with it.
            }
        }
    }

    /** How many entries there are, over all files. */
    long lines() {
        return lines;
    }

    /** Event time of the last entry. */
    long lastAt() {
        return lastAt;
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                sync();
                channel.close();
            }
        } finally {
            lock.close();
        }
    }
}
