package dev.livefeed.app.settings;

import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Rules for the settings of a replay. Its connector checks them too, but only after the application has started. */
final class ReplayRules {

    private final SettingsSource source;
    private final Path workingDirectory;
    private final BiConsumer<String, String> faults;

    /** @param faults receives the key and the rule that is violated */
    ReplayRules(SettingsSource source, Path workingDirectory, BiConsumer<String, String> faults) {
        this.source = source;
        this.workingDirectory = workingDirectory;
        this.faults = faults;
    }

    /** @param recordingNeeded whether a recording is required */
    void check(boolean recordingNeeded) {
        String speed = source.text("replay.speed");
        if (!speed.equals("max") && !(speed.matches("\\d{1,6}(\\.\\d{1,6})?") && new BigDecimal(speed).signum() > 0)) {
            faults.accept(
                    "replay.speed",
                    "it must be max, or a number above 0 with at most six digits on each side of the point,"
                            + " such as 1 (as recorded) or 10");
        }
        Instant from = time("replay.from");
        Instant to = time("replay.to");
        if (from != null && to != null && !from.isBefore(to)) {
            faults.accept("replay.to", "it must be later than REPLAY_FROM");
        }
        if (recordingNeeded) {
            recording();
        }
    }

    private Instant time(String key) {
        String text = source.text(key);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Times.parse(text);
        } catch (DateTimeException e) {
            faults.accept(key, "it must be a time such as 2026-11-25T08:00:00Z, or a day such as 2026-11-25 (UTC)");
            return null;
        }
    }

    private void recording() {
        String text = source.text("replay.file");
        if (text.isEmpty()) {
            faults.accept("replay.file", "a replay needs a recording: a file, a comma list of files, or a folder");
            return;
        }
        try {
            if (Files.exists(workingDirectory.resolve(text))) {
                return;
            }
            for (String part : text.split(",")) {
                if (!part.isBlank() && !Files.isReadable(workingDirectory.resolve(part.strip()))) {
                    faults.accept(
                            "replay.file",
                            part.strip()
                                    + " is not there or cannot be read; name a file, a comma list of files, "
                                    + "or a folder");
                }
            }
        } catch (InvalidPathException e) {
            faults.accept("replay.file", "it must name a file, a comma list of files, or a folder");
        }
    }
}
