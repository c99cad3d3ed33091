package dev.livefeed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time and memory of a process, from Linux {@code /proc}. */
final class ProcFigures {

    /** Unit of /proc/PID/stat, fixed by the kernel interface. */
    private static final long TICKS_PER_SECOND = 100;

    private ProcFigures() {}

    /** User and system time since the process started, in microseconds. */
    static long cpuMicros(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * (1_000_000 / TICKS_PER_SECOND);
    }

    /** Resident memory, KiB. */
    static long residentKib(long pid) throws IOException {
        return status(pid, "VmRSS:");
    }

    /** Peak resident memory since the process started, KiB. */
    static long peakKib(long pid) throws IOException {
        return status(pid, "VmHWM:");
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
