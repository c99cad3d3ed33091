package dev.livefeed.app.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reserves a folder for one process by locking its file {@code lock}. The operating system releases the lock when the
 * process ends.
 */
public final class FolderLock implements Closeable {

    private static final String NAME = "lock";
    /** Lock files of this process: to close another channel of one would release it in some operating systems. */
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Object key;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(Path file, Object key, FileChannel channel, FileLock lock) {
        this.file = file;
        this.key = key;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Locks the folder, creating it if necessary.
     *
     * @return null if it is already locked
     * @throws IOException if the folder cannot be written
     */
    public static FolderLock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME);
        if (Files.exists(file) && isHeld(key(file))) {
            return null;
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                FolderLock held = new FolderLock(file, key(file), channel, lock);
                if (held.key != null) {
                    HELD.add(held.key);
                }
                return held;
            }
        } catch (OverlappingFileLockException e) {
            // Locked by this process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** Whether the lock is still valid; false if the folder or its lock file was deleted or recreated. */
    public boolean holds() {
        try {
            return Objects.equals(key, key(file));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isHeld(Object key) {
        return key != null && HELD.contains(key);
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        if (key != null) {
            HELD.remove(key);
        }
        lock.release();
        channel.close();
    }
}
