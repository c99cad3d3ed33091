package dev.livefeed.app.route.outcome;

import dev.livefeed.app.api.response.RoutesBody;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The last good version of each file that was edited since the start, and the files of which it runs in place of what
 * is on the disk. Thread-safe.
 */
public final class RouteVersions {

    /** Content of the last good version; null if there was no such file. */
    private final Map<String, byte[]> good = new HashMap<>();

    private final Map<String, Restored> restored = new TreeMap<>();

    /** @param onDisk content of the file that is not run; null if it was deleted */
    private record Restored(byte[] onDisk, Instant at) {}

    /**
     * Notes that an edit was applied.
     *
     * @param before content that ran until then; null if there was no such file
     * @param proven whether it worked
     */
    public synchronized void replaced(String file, byte[] before, boolean proven) {
        if (!restored.containsKey(file) && (proven || !good.containsKey(file))) {
            good.put(file, before);
        }
    }

    /** Whether there is a version before the last edit. */
    public synchronized boolean has(String file) {
        return good.containsKey(file);
    }

    /** Names of files of which there is one. */
    public synchronized Set<String> files() {
        return Set.copyOf(good.keySet());
    }

    /**
     * The last good version shall run until the file is edited.
     *
     * @param onDisk content of the file; null if it was deleted
     */
    public synchronized void restore(String file, byte[] onDisk) {
        restored.put(file, new Restored(onDisk, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** What is on the disk shall run. */
    public synchronized void giveUp(String file) {
        restored.remove(file);
    }

    /** Whether this is the last good version. */
    public synchronized boolean isGood(String file, byte[] content) {
        return good.containsKey(file) && Arrays.equals(good.get(file), content);
    }

    /**
     * Puts the restored versions in place of the files, unless a file was edited since.
     *
     * @param now contents of the files; changed
     * @param unreadable files whose content is not known now
     */
    public synchronized void overlay(Map<String, byte[]> now, Set<String> unreadable) {
        restored.entrySet()
                .removeIf(one -> !unreadable.contains(one.getKey())
                        && !Arrays.equals(now.get(one.getKey()), one.getValue().onDisk));
        restored.keySet().forEach(file -> {
            if (good.get(file) == null) {
                now.remove(file);
            } else {
                now.put(file, good.get(file));
            }
        });
    }

    /** The files of which the last good version runs. */
    public synchronized List<RoutesBody.RestoredFile> list() {
        return restored.entrySet().stream()
                .map(one -> new RoutesBody.RestoredFile(one.getKey(), one.getValue().at))
                .toList();
    }
}
