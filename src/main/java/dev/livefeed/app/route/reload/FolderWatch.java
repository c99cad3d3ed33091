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
 * Wakes whoever waits for an edit. Only a hint: where the system has no watch to give, or loses an event, the wait lasts
 * its full time. Follows a folder that is replaced, or a link that points elsewhere.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final CountDownLatch closed = new CountDownLatch(1);
    private WatchService service;
    private WatchKey watched;
    /** What tells a folder from another of its name, or null where the file system does not say. */
    private Object identity;

    private boolean warned;

    FolderWatch(Path folder) {
        this.folder = folder;
    }

    /**
     * Waits for an edit.
     *
     * @param millis at most
     * @return whether there may have been one
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

    /** Watches the folder that has this name now; returns whether it is another one than before. */
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
                        "routes_folder_not_watched folder={} reason=\"{}\"; it is looked at every few seconds instead",
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
