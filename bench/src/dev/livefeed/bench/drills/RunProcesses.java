package dev.livefeed.bench.drills;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds every process of a run, also one without its parent, by a variable that all of them inherit (Linux). */
final class RunProcesses {

    /** A prefix of variables that connectors inherit. */
    static final String VARIABLE = "CONNECTOR_DRILL";

    private static final Path PROC = Path.of("/proc");

    private final String mark = UUID.randomUUID().toString();

    String mark() {
        return mark;
    }

    /** Processes of the run that are no zombies, the application included. */
    List<ProcessHandle> living() {
        String entry = VARIABLE + '=' + mark;
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process ->
                            List.of(text(process.pid(), "environ").split("\0")).contains(entry))
                    .filter(process -> !isZombie(process.pid()))
                    .toList();
        }
    }

    /** Number of children of a process that have ended and are not waited for. */
    static long zombies(long parent) {
        return ProcessHandle.of(parent).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> isZombie(child.pid()))
                .count();
    }

    /** Whether a process has ended, waited for or not. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        String stat = text(pid, "stat");
        return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    }

    /** Empty for a process that has ended, or of another user. */
    static String text(long pid, String file) {
        try {
            return new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
