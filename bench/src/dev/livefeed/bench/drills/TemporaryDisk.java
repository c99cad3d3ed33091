package dev.livefeed.bench.drills;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A small disk of its own (tmpfs), which can be filled, made read-only and emptied. Only for root. */
final class TemporaryDisk implements AutoCloseable {

    private static final String FILLER = "filler";

    private final Path folder;

    private TemporaryDisk(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException with the reason if no disk can be mounted */
    static TemporaryDisk mount(Path folder, int mib) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", folder.toString());
        return new TemporaryDisk(folder);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }

    /** Fills it until not one byte is left. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
            for (int size = 65_536; size > 0; size /= 16) {
                writeAll(out, new byte[size]);
            }
        }
    }

    private static void writeAll(OutputStream out, byte[] bytes) {
        try {
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    void free() throws IOException {
        Files.delete(folder.resolve(FILLER));
    }

    /** Nothing can be created on it; a file that is open for writing stays so. */
    void readOnly(boolean readOnly) throws IOException, InterruptedException {
        if (readOnly) {
            run("mount", "--bind", folder.toString(), folder.toString());
            run("mount", "-o", "remount,bind,ro", folder.toString());
        } else {
            run("umount", folder.toString());
        }
    }

    /** Whether it has a file with this end of its name. */
    boolean holds(String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(end));
        }
    }

    /** Deletes everything on it. */
    void removeAll() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.filter(f -> !f.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "--lazy", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
