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

    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux.
            return System.console() != null;
        }
    }

    /** Not if {@code NO_COLOR} is set to anything (no-color.org). */
    public static boolean hasColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
