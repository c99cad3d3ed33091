package dev.livefeed.jar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Processes {@code sleep 600.N} with a unique number, by which they are found regardless of their parent. */
final class Sleepers {

    private static final Path PROC = Path.of("/proc");

    private final String seconds = "600." + ThreadLocalRandom.current().nextLong(1_000_000_000_000L);

    static boolean canBeFound() {
        return Files.isReadable(PROC.resolve("self/cmdline"));
    }

    /** Inserts the command for {@code %s} in a text. */
    String in(String text) {
        return text.replace("%s", "sleep " + seconds);
    }

    /** The living processes. */
    List<Long> living() {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .map(ProcessHandle::pid)
                    .filter(pid -> List.of(commandLine(pid).split("\0")).contains(seconds))
                    .toList();
        }
    }

    /** Kills the living processes. */
    void end() {
        living().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Empty for a process that has ended. */
    static String commandLine(long pid) {
        try {
            return new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
