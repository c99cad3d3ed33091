package dev.livefeed.app.paper;

import dev.livefeed.app.state.FolderLock;
import dev.livefeed.protocol.model.Instruments;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk. Entries are only appended, and each is handed to the operating system before its effect is
 * visible. So nothing is lost when the process is killed; a power failure can lose what {@link #sync} has not yet
 * synced.
 * <ul>
 * <li>Files are {@code journal-000001.jsonl} and so on. Each starts with the whole state, so the last one is
 *     sufficient. A new file is started when the last one exceeds the size limit, and gets its name once its first line
 *     is complete. The last {@value #KEPT} files are kept.
 * <li>An incomplete last line is the result of a crash: it is cut off and logged. A damaged line that is followed by
 *     others is not, so the journal is refused.
 * <li>If a file can no longer be written or was deleted, {@link #startNewFile} continues in another one.
 * <li>Only one process at a time: the folder is locked.
 * </ul>
 *
 * <p>Not thread-safe, except for {@link #sync}.
 */
final class Journal implements Closeable {

    static final int KEPT = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int MAX_LINE = 32 * 1024 * 1024;

    private final Path folder;
    private final long maxBytes;
    private final Instruments instruments;
    private final PaperAccount account;
    private FolderLock lock;
    private Path file;
    /** The file system's identity of the file. */
    private Object key;

    private volatile FileChannel channel;
    private volatile boolean dirty;
    private int number;
    private long size;
    /** Size of the first line, which may be long and does not count towards the limit. */
    private long firstLineSize;

    private long lines;
    private long lastAt;

    /**
     * Opens the journal of a folder and applies its entries to the account; creates a journal if there is none.
     *
     * @param instruments resolves the symbols of an earlier version
     * @param account a new account
     * @param first the first entry of a new journal
     * @throws JournalException if the journal is damaged, of another version, or in use
     */
    static Journal open(
            PaperSettings.JournalFiles place, Instruments instruments, PaperAccount account, JournalEntry first)
            throws JournalException {
        Path folder = place.folder();
        try {
            FolderLock lock = FolderLock.of(folder);
            if (lock == null) {
                throw new JournalException(
                        folder + " is in use by another process; give this process its own STATE_DIR");
            }
            Journal journal = new Journal(folder, place.fileBytes(), instruments, account, lock);
            try {
                if (!place.keep()) {
                    for (Path old : files(folder)) {
                        Files.delete(old);
                    }
                }
                if (!place.keep() || !journal.adopt(place.earlier())) {
                    journal.load(first);
                }
                return journal;
            } catch (IOException | JournalException e) {
                journal.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException(
                    "the journal in " + folder + " cannot be opened (" + e + "); set STATE_DIR to a writable folder");
        }
    }

    private Journal(Path folder, long maxBytes, Instruments instruments, PaperAccount account, FolderLock lock) {
        this.instruments = instruments;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.account = account;
        this.lock = lock;
    }

    /**
     * Continues the journal of an earlier version if the folder has none. The folder of that one is renamed, so that it
     * is not continued again when the journal is deleted.
     *
     * @param earlier its folder, by the default category, which is that of its symbols without one
     * @return whether there is one
     */
    private boolean adopt(Map<String, Path> earlier) throws IOException, JournalException {
        if (!files(folder).isEmpty()) {
            return false;
        }
        Path continued = null;
        for (Map.Entry<String, Path> old : earlier.entrySet()) {
            List<Path> files = files(old.getValue());
            if (files.isEmpty()) {
                continue;
            }
            if (continued != null) {
                LOG.warn(
                        "paper_journal_left_out folder={}: it is another account than that of {}, which is continued;"
                                + " to continue this one, move the journal in {} away and this one there",
                        old.getValue(),
                        continued,
                        folder);
                continue;
            }
            continued = old.getValue();
            FolderLock free = FolderLock.of(continued);
            if (free == null) {
                throw new JournalException(continued + " is in use by another process; stop it, since its account is"
                        + " continued in " + folder);
            }
            try (free) {
                read(files.get(files.size() - 1), instruments.withCategory(old.getKey()));
                begin(1, account.state(), lastAt);
            }
            Path renamed = continued.resolveSibling(continued.getFileName() + ".continued");
            try {
                Files.move(continued, renamed);
            } catch (IOException e) {
                LOG.warn(
                        "paper_journal_not_renamed folder={} reason=\"{}\": it is continued in {}; move it away",
                        continued,
                        e.toString(),
                        folder);
            }
            LOG.info("paper_journal_continued from={} in={}", continued, folder);
        }
        return continued != null;
    }

    private void load(JournalEntry first) throws IOException, JournalException {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            begin(1, first, 0);
            account.apply(first, 0);
            return;
        }
        Path last = files.get(files.size() - 1);
        number = numberOf(last);
        long validEnd = read(last, instruments);
        channel = FileChannel.open(last, StandardOpenOption.WRITE);
        if (validEnd < channel.size()) {
            LOG.warn(
                    "paper_journal_tail_cut file={} bytes={}: the last line was incomplete after a crash",
                    last,
                    channel.size() - validEnd);
            channel.truncate(validEnd);
        }
        channel.position(validEnd);
        size = validEnd;
        file = last;
        key = attributes(last).fileKey();
    }

    /** Applies every complete line; returns the position after the last one. */
    private long read(Path file, Instruments resolving) throws IOException, JournalException {
        long validEnd = 0;
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
                JournalLine line = JournalLine.read(buffer.toByteArray(), resolving);
                buffer.reset();
                if (line == null) {
                    torn = true;
                    continue;
                }
                apply(file, line);
                validEnd = at;
                if (firstLineSize == 0) {
                    firstLineSize = validEnd;
                }
            }
            if (torn && buffer.size() > 0) {
                throw damaged(file, "line " + (lines + 1) + " does not match its checksum");
            }
        }
        if (validEnd == 0) {
            throw damaged(file, "no complete line");
        }
        return validEnd;
    }

    private void apply(Path file, JournalLine line) throws JournalException {
        if (lines == 0 && !line.entry().startsJournal()) {
            throw damaged(file, "it does not start with a state");
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
                + "; restore it from a copy, or move the file away to continue with the previous one");
    }

    /**
     * Appends an entry and hands it to the operating system.
     *
     * @param force whether to sync it to disk before returning
     * @throws IOException if it cannot be written; the file is unchanged then
     */
    void append(long atMicros, JournalEntry entry, boolean force) throws IOException {
        if (size - firstLineSize > maxBytes) {
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

    /** Truncates the file after the last complete line. */
    private void cut(IOException reason) {
        try {
            channel.truncate(size);
            channel.position(size);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Whether the file is still the one that was written: it may have been deleted or changed. */
    boolean unchanged() {
        try {
            BasicFileAttributes now = attributes(file);
            return Objects.equals(now.fileKey(), key) && now.size() == size;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // Unreadable does not mean unwritable.
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    /**
     * Continues in a new file that starts with the whole state. The previous file is not read again.
     *
     * @throws IOException if the file cannot be created; the call may be repeated
     */
    void startNewFile(long atMicros) throws IOException {
        if (!lock.holds()) {
            FolderLock again = FolderLock.of(folder);
            if (again == null) {
                throw new IOException(folder + " is in use by another process");
            }
            FolderLock before = lock;
            lock = again;
            before.close();
        }
        cut(new IOException("the last line was incomplete"));
        List<Path> files = files(folder);
        int last = files.isEmpty() ? 0 : numberOf(files.get(files.size() - 1));
        begin(Math.max(number, last) + 1, account.state(), atMicros);
    }

    /** Starts a file with this entry; it gets its name once the line is on disk. */
    private void begin(int next, JournalEntry start, long atMicros) throws IOException {
        Path named = folder.resolve(String.format(Locale.ROOT, "journal-%06d.jsonl", next));
        Path unfinished = folder.resolve("journal.new");
        byte[] line = new JournalLine(lines + 1, atMicros, start).bytes();
        FileChannel newChannel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            write(newChannel, line);
            newChannel.force(true);
            key = attributes(unfinished).fileKey();
            Files.move(unfinished, named, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            newChannel.close();
            delete(unfinished);
            throw e;
        }
        FileChannel before = channel;
        channel = newChannel;
        file = named;
        number = next;
        size = line.length;
        firstLineSize = size;
        lines++;
        closePrevious(before);
        prune();
    }

    /** The previous file is not read again: the new one holds its whole state. */
    private static void closePrevious(FileChannel before) {
        try {
            if (before != null) {
                before.close();
            }
        } catch (IOException e) {
            LOG.debug("the previous journal file could not be closed", e);
        }
    }

    private void prune() {
        try {
            List<Path> files = files(folder);
            files.subList(0, Math.max(0, files.size() - KEPT)).forEach(Journal::delete);
        } catch (IOException e) {
            LOG.debug("old journal files could not be listed", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} could not be deleted", file, e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
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

    /** Syncs the appended entries to disk. Thread-safe. */
    void sync() throws IOException {
        if (dirty) {
            dirty = false;
            try {
                channel.force(false);
            } catch (ClosedChannelException e) {
                // A new file was just started, which synced the state.
            }
        }
    }

    /** Number of entries over all files. */
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
