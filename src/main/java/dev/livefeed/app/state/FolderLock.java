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

/** Keeps a folder for one process: the lock of its file {@code lock}, which ends with the process however that ends. */
public final class FolderLock implements Closeable {

    private static final String NAME = "lock";

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
     * Locks the folder, making it where there is none.
     *
     * @return null where another has it
     * @throws IOException where the folder cannot be written
     */
    public static FolderLock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FolderLock(file, key(file), channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this process has it.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /**
     * Whether the folder is still locked: not where somebody has deleted it, or its lock file, and maybe made it
     * again.
     */
    public boolean holds() {
        try {
            return Objects.equals(key, key(file));
        } catch (IOException e) {
            return false;
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
