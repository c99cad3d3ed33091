package dev.livefeed.app.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes that live, as {@code /proc} of Linux shows them; elsewhere there is no such table. */
final class ProcessTable {

    /**
     * A process.
     *
     * @param parent its parent's id; the parent of an orphan is another process than the one that started it
     * @param session id of its session, which is that of the process that opened it
     * @param start clock ticks since the boot; with the id it names a process for good
     */
    record Row(long pid, long parent, long session, long start) {}

    private static final Path PROC = Path.of("/proc");
    /**
     * Fields of {@code /proc/PID/stat} behind the program's name, which stands in parentheses and may hold anything.
     */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START = 19;

    private ProcessTable() {}

    /** Whether this system has such a table. */
    static boolean available() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    /** All that live; those that vanish meanwhile may be missing. */
    static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                Row row = row(folder);
                if (row != null) {
                    rows.add(row);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What was read until then is all there is to go by.
        }
        return rows;
    }

    /** One of them, or null where it does not live. */
    static Row row(long pid) {
        return row(PROC.resolve(Long.toString(pid)));
    }

    private static Row row(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[STATE].equals("Z") || fields[STATE].equals("X")
                    ? null
                    : new Row(
                            Long.parseLong(folder.getFileName().toString()),
                            Long.parseLong(fields[PARENT]),
                            Long.parseLong(fields[SESSION]),
                            Long.parseLong(fields[START]));
        } catch (IOException | RuntimeException e) {
            return null; // gone meanwhile
        }
    }

    /** Whether the environment that a process was started with holds a variable; false where it may not be read. */
    static boolean carries(long pid, String variable) {
        try {
            String environment = new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ")),
                    StandardCharsets.ISO_8859_1);
            return environment.startsWith(variable + '\0') || environment.contains('\0' + variable + '\0');
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
