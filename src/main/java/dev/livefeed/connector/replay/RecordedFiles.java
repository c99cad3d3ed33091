package dev.livefeed.connector.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which files a recording consists of: files, and folders with all that is recorded in them, in the order of the
 * names.
 */
final class RecordedFiles {

    private static final int MOST = 10_000;
    private static final Set<String> ENDINGS = Set.of(".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz");
    private static final String RULE = "it must name a recording: a file, a comma list of files, or a folder";

    private RecordedFiles() {}

    /**
     * The files that the setting names.
     *
     * @param faults gets a line for each thing that can never work
     */
    static List<Path> find(String setting, List<String> faults) {
        if (setting.isEmpty()) {
            faults.add(ReplaySettings.FILE + " is not set; " + RULE);
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try {
            if (Files.exists(Path.of(setting))) {
                add(Path.of(setting), files, faults);
            } else {
                for (String part : setting.split(",")) {
                    if (!part.isBlank()) {
                        add(Path.of(part.strip()), files, faults);
                    }
                }
            }
        } catch (InvalidPathException e) {
            faults.add(ReplaySettings.FILE + " is \"" + setting + "\"; " + RULE);
        }
        if (faults.isEmpty() && files.stream().allMatch(RecordedFiles::empty)) {
            faults.add(ReplaySettings.FILE + ": " + (files.size() == 1 ? files.get(0) + " is" : "all files are")
                    + " empty; there is nothing to replay");
        }
        return files;
    }

    private static void add(Path path, List<Path> files, List<String> faults) {
        if (Files.isDirectory(path)) {
            addFolder(path, files, faults);
        } else if (!Files.exists(path)) {
            faults.add(ReplaySettings.FILE + ": " + path.toAbsolutePath() + " is not there; " + RULE);
        } else if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            faults.add(ReplaySettings.FILE + ": " + path + " is no file that can be read");
        } else if (zstd(path)) {
            faults.add(ReplaySettings.FILE + ": " + path
                    + " is packed by zstd, which is not read; unpack it (zstd -d) or pack it by gzip");
        } else {
            files.add(path);
        }
    }

    private static void addFolder(Path folder, List<Path> files, List<String> faults) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> recorded = all.filter(RecordedFiles::named)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .limit(MOST + 1)
                    .toList();
            if (recorded.isEmpty()) {
                faults.add(ReplaySettings.FILE + ": the folder " + folder
                        + " holds no recording; they end in .ndjson, .jsonl, .ndjson.gz or .jsonl.gz");
            } else if (recorded.size() > MOST) {
                faults.add(ReplaySettings.FILE + ": the folder " + folder + " holds more than " + MOST + " recordings");
            }
            for (Path file : recorded) {
                add(file, files, faults);
            }
        } catch (IOException e) {
            faults.add(ReplaySettings.FILE + ": the folder " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean named(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".")
                && !Files.isDirectory(path)
                && ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static boolean empty(Path file) {
        return head(file).length == 0;
    }

    private static boolean zstd(Path file) {
        byte[] head = head(file);
        return head.length == 4
                && (head[0] & 0xff) == 0x28
                && (head[1] & 0xff) == 0xb5
                && (head[2] & 0xff) == 0x2f
                && (head[3] & 0xff) == 0xfd;
    }

    /** The first bytes of a file, fewer where it has fewer or cannot be read: that is told when it is played. */
    static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(4);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
