package dev.livefeed.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether standard error is shown to a person. */
final class Terminal {

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether standard error is a terminal that moves its cursor, that is, not a file, a pipe or {@code TERM=dumb}. */
    static boolean isShown() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux.
            return System.console() != null;
        }
    }

    /** Whether it gets colours: not if {@code NO_COLOR} is set to anything (no-color.org). */
    static boolean hasColours() {
        return hasColours(isShown(), System.getenv());
    }

    static boolean hasColours(boolean shown, Map<String, String> environment) {
        return shown && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
