package dev.livefeed.app.route.reload;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes up a thread that waits for an edit. This is only a hint: if the system provides no watch or loses an event, the
 * wait lasts its full time. Follows a replaced folder or a changed link.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final CountDownLatch closed = new CountDownLatch(1);
    private WatchService service;
    private WatchKey watched;
    /** The file system's identity of the folder, or null if not supported. */
    private Object identity;

    private boolean warned;

    FolderWatch(Path folder) {
        this.folder = folder;
    }

    /**
     * Waits for an edit.
     *
     * @param millis maximum time to wait
     * @return whether there may have been an edit
     */
    boolean await(long millis) throws InterruptedException {
        boolean again = follow();
        WatchService current = service;
        if (current == null) {
            closed.await(millis, TimeUnit.MILLISECONDS);
            return again;
        }
        try {
            WatchKey key = again ? current.poll() : current.poll(millis, TimeUnit.MILLISECONDS);
            boolean event = key != null;
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = current.poll();
            }
            return event || again;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    /** Watches the folder that currently has this name; returns whether it is a different one. */
    private synchronized boolean follow() {
        if (closed.getCount() == 0) {
            return false;
        }
        try {
            Object now = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
            if (watched != null && watched.isValid() && Objects.equals(identity, now)) {
                return false;
            }
            if (service == null) {
                service = folder.getFileSystem().newWatchService();
            }
            boolean first = watched == null;
            if (!first) {
                watched.cancel();
            }
            watched = folder.toRealPath()
                    .register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
            identity = now;
            if (!first) {
                LOG.info("routes_folder_watched_again folder={}", folder);
            }
            return !first;
        } catch (IOException e) {
            if (!warned && Files.isDirectory(folder)) {
                warned = true;
                LOG.warn(
                        "routes_folder_not_watched folder={} reason=\"{}\"; it is checked every few seconds instead",
                        folder,
                        e.toString());
            }
            return false;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed.countDown();
        if (service != null) {
            service.close();
        }
    }
}
