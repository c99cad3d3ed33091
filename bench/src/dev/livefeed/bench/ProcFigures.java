package dev.livefeed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU time, memory, threads and descriptors of a process, from Linux {@code /proc}. */
public final class ProcFigures {

    /** Unit of /proc/PID/stat, fixed by the kernel interface. */
    private static final long TICKS_PER_SECOND = 100;

    private ProcFigures() {}

    /** User and system time since the process started, in microseconds. */
    public static long cpuMicros(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * (1_000_000 / TICKS_PER_SECOND);
    }

    /** Resident memory, KiB. */
    public static long residentKib(long pid) throws IOException {
        return status(pid, "VmRSS:");
    }

    /** Peak resident memory since the process started, KiB. */
    public static long peakKib(long pid) throws IOException {
        return status(pid, "VmHWM:");
    }

    /** Number of threads. */
    public static long threads(long pid) throws IOException {
        return status(pid, "Threads:");
    }

    /** Number of open descriptors. */
    public static long descriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        }
    }

    private static long status(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("process " + pid + " shows no " + name);
    }
}
