package dev.livefeed.jar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Finds every process of a run, even orphaned ones: by the handles seen while it ran and, on systems that expose the
 * environment, by a variable that all its processes inherit.
 */
final class Traces {

    /** A prefix of variables that connectors inherit. */
    static final String VARIABLE = "CONNECTOR_TEST_RUN";

    private static final Path PROC = Path.of("/proc");

    private final String mark = UUID.randomUUID().toString();
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    String mark() {
        return mark;
    }

    void add(ProcessHandle handle) {
        seen.add(handle);
    }

    void addDescendants(ProcessHandle handle) {
        handle.descendants().forEach(seen::add);
    }

    /** All living processes of the run. */
    List<ProcessHandle> living() {
        Set<ProcessHandle> all = new LinkedHashSet<>(seen);
        all.addAll(marked());
        return all.stream().filter(p -> p.isAlive() && !isZombie(p.pid())).toList();
    }

    /** Whether the process is a zombie, which counts as alive until its parent has read its status. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // not available on this system, or already gone
        }
    }

    private List<ProcessHandle> marked() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return List.of();
        }
        String entry = VARIABLE + "=" + mark;
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes.filter(p -> environment(p.pid()).contains(entry)).toList();
        }
    }

    private static String environment(long pid) {
        try {
            return new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // already gone, or owned by another user
        }
    }
}
