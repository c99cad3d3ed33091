package dev.livefeed.terminal.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether standard output is a terminal that can show a screen. */
public final class OutputTerminal {

    private OutputTerminal() {}

    /** What is missing, as a sentence; empty if nothing is. */
    public static String missing(Map<String, String> environment) {
        if (!isTerminal(0)) {
            return "standard input is no terminal";
        }
        if (!isTerminal(1)) {
            return "standard output is no terminal";
        }
        String type = environment.getOrDefault("TERM", "");
        return type.isEmpty() || type.equals("dumb") ? "this terminal cannot place text (TERM=" + type + ")" : "";
    }

    /** Whether standard output is one. */
    public static boolean isShown() {
        return isTerminal(1);
    }

    /** Whether standard output is a file or a device such as {@code /dev/full}, which has no reader that could end. */
    public static boolean isFile() {
        String target = target(1);
        return target != null && target.startsWith("/") && !isTerminal(target);
    }

    private static boolean isTerminal(int descriptor) {
        String target = target(descriptor);
        return target == null ? System.console() != null : isTerminal(target);
    }

    private static boolean isTerminal(String device) {
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
    }

    /** What a descriptor of the process leads to; null if it is not Linux. */
    private static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Not if {@code NO_COLOR} is set to anything (no-color.org). */
    public static boolean hasColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
