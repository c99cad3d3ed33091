package dev.livefeed.app.sink.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this process has written into which files. Thread-safe; the files that were written last are kept. */
public final class WrittenFiles {

    private static final int MAX_FILES = 50;

    private final Path folder;
    private final Map<Path, Written> files = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Written> eldest) {
            return size() > MAX_FILES;
        }
    };

    private long bytes;
    private Instant since;
    private Instant last;

    /**
     * One file.
     *
     * @param name in the folder
     * @param bytes its size
     * @param since when this process first wrote to it
     */
    public record Written(String name, long bytes, Instant since) {}

    /**
     * All of it.
     *
     * @param files by name
     * @param bytes written by this process, also into files that are no longer listed
     * @param since when it wrote first, or null
     * @param last when it wrote last, or null
     */
    public record View(Path folder, List<Written> files, long bytes, Instant since, Instant last) {}

    WrittenFiles(Path folder) {
        this.folder = folder;
    }

    /** @param part what was appended to the file */
    synchronized void appended(Path file, BatchStart.Part part, Instant now) {
        Written before = files.get(file);
        files.put(
                file,
                new Written(
                        folder.relativize(file).toString(),
                        part.before() + part.added(),
                        before == null ? now : before.since()));
        bytes += part.added();
        since = since == null ? now : since;
        last = now;
    }

    /** The file has been replaced by a compressed one. */
    synchronized void closed(Path file) {
        files.remove(file);
    }

    public synchronized View view() {
        List<Written> all = new ArrayList<>(files.values());
        all.sort(Comparator.comparing(Written::name));
        return new View(folder, all, bytes, since, last);
    }
}
