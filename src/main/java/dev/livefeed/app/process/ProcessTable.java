package dev.livefeed.app.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The running processes according to {@code /proc}, which only Linux has. */
final class ProcessTable {

    /**
     * A process.
     *
     * @param parent id of the parent; the parent of an orphan is not the process that started it
     * @param session id of the session, which is the id of the process that created it
     * @param start clock ticks since boot; identifies a process together with its id, which may be reused
     */
    record ProcessRow(long pid, long parent, long session, long start) {}

    private static final Path PROC = Path.of("/proc");
    /**
     * Index of a field of {@code /proc/PID/stat} after the program name, which is in parentheses and may contain any
     * character.
     */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START = 19;

    private ProcessTable() {}

    /** Whether this system has a process table. */
    static boolean available() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    /** All running processes; those that end during the call may be missing. */
    static List<ProcessRow> read() {
        List<ProcessRow> rows = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                ProcessRow row = row(folder);
                if (row != null) {
                    rows.add(row);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Use the rows that were read.
        }
        return rows;
    }

    /** The process with an id, or null if it is not running. */
    static ProcessRow row(long pid) {
        return row(PROC.resolve(Long.toString(pid)));
    }

    private static ProcessRow row(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[STATE].equals("Z") || fields[STATE].equals("X")
                    ? null
                    : new ProcessRow(
                            Long.parseLong(folder.getFileName().toString()),
                            Long.parseLong(fields[PARENT]),
                            Long.parseLong(fields[SESSION]),
                            Long.parseLong(fields[START]));
        } catch (IOException | RuntimeException e) {
            return null; // ended meanwhile
        }
    }

    /** Whether the initial environment of a process contains a variable; false if the environment cannot be read. */
    static boolean hasVariable(long pid, String variable) {
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
