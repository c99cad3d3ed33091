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
 * Finds the files of a recording: named files, and the recordings in a folder, sorted by name.
 */
final class RecordedFiles {

    private static final int MAX_FILES = 10_000;
    private static final Set<String> EXTENSIONS = Set.of(".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz");
    private static final String RULE = "it must name a recording: a file, a comma list of files, or a folder";

    private RecordedFiles() {}

    /**
     * Resolves the setting {@code REPLAY_FILE}.
     *
     * @param errors receives one line per error
     */
    static List<Path> find(String setting, List<String> errors) {
        if (setting.isEmpty()) {
            errors.add(ReplaySettings.FILE + " is not set; " + RULE);
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try {
            if (Files.exists(Path.of(setting))) {
                add(Path.of(setting), files, errors);
            } else {
                for (String part : setting.split(",")) {
                    if (!part.isBlank()) {
                        add(Path.of(part.strip()), files, errors);
                    }
                }
            }
        } catch (InvalidPathException e) {
            errors.add(ReplaySettings.FILE + " is \"" + setting + "\"; " + RULE);
        }
        if (errors.isEmpty() && files.stream().allMatch(RecordedFiles::empty)) {
            errors.add(ReplaySettings.FILE + ": " + (files.size() == 1 ? files.get(0) + " is" : "all files are")
                    + " empty; there is nothing to replay");
        }
        return files;
    }

    private static void add(Path path, List<Path> files, List<String> errors) {
        if (Files.isDirectory(path)) {
            addFolder(path, files, errors);
        } else if (!Files.exists(path)) {
            errors.add(ReplaySettings.FILE + ": " + path.toAbsolutePath() + " does not exist; " + RULE);
        } else if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            errors.add(ReplaySettings.FILE + ": " + path + " is not a readable file");
        } else if (zstd(path)) {
            errors.add(ReplaySettings.FILE + ": " + path
                    + " is compressed with zstd, which is not supported; decompress it (zstd -d) or use gzip");
        } else {
            files.add(path);
        }
    }

    private static void addFolder(Path folder, List<Path> files, List<String> errors) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> recordings = all.filter(RecordedFiles::isRecording)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .limit(MAX_FILES + 1)
                    .toList();
            if (recordings.isEmpty()) {
                errors.add(ReplaySettings.FILE + ": the folder " + folder
                        + " contains no recording; file names must end in .ndjson, .jsonl, .ndjson.gz or .jsonl.gz");
            } else if (recordings.size() > MAX_FILES) {
                errors.add(ReplaySettings.FILE + ": the folder " + folder + " contains more than " + MAX_FILES
                        + " recordings");
            }
            for (Path file : recordings) {
                add(file, files, errors);
            }
        } catch (IOException e) {
            errors.add(ReplaySettings.FILE + ": the folder " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isRecording(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".")
                && !Files.isDirectory(path)
                && EXTENSIONS.stream().anyMatch(name::endsWith);
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

    /** The first four bytes of a file, or fewer. Read errors are reported when the file is played. */
    static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(4);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
