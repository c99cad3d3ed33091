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
 * Finds every process of a run, those too whose parents are gone: by the handles seen while it ran, and, where the
 * system shows environments, by a variable that the run and all that it starts carry.
 */
final class Traces {

    /** Connectors get every variable that begins with CONNECTOR_. */
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

    /** All processes of the run that live. */
    List<ProcessHandle> living() {
        Set<ProcessHandle> all = new LinkedHashSet<>(seen);
        all.addAll(marked());
        return all.stream().filter(p -> p.isAlive() && !ended(p.pid())).toList();
    }

    /** A process that has ended counts as alive until its parent has asked for its status. */
    private static boolean ended(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // no such folder on this system, or gone meanwhile
        }
    }

    private List<ProcessHandle> marked() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return List.of();
        }
        String wanted = VARIABLE + "=" + mark;
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes.filter(p -> environment(p.pid()).contains(wanted)).toList();
        }
    }

    private static String environment(long pid) {
        try {
            return new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // gone meanwhile, or another user's
        }
    }
}
