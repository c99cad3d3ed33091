package dev.livefeed.app.settings;

import dev.livefeed.naming.OneLine;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Checks single settings. Each violation becomes one line: where the value is set, the value, the rule. */
final class SettingChecks {

    private final SettingsSource source;
    private final List<String> faults;
    private final Set<String> durations = new TreeSet<>();

    SettingChecks(SettingsSource source) {
        this.source = source;
        faults = new ArrayList<>(source.faults());
    }

    /** One line for each violation. */
    List<String> faults() {
        return faults;
    }

    /** The keys checked as durations. */
    Set<String> durations() {
        return durations;
    }

    String text(String key) {
        return source.text(key);
    }

    void fault(String key, String rule) {
        String value = source.text(key);
        String clean = Secrets.of(Map.of(), Map.of(SettingsSource.variable(key), value))
                .redact(value);
        faults.add(source.place(key) + " is \"" + shown(clean) + "\"; " + rule);
    }

    /** Requires a folder, or a path at which one can be created. An empty text is not checked. */
    void folder(String key, Path workingDirectory) {
        if (source.text(key).isEmpty()) {
            return;
        }
        Path path = workingDirectory.resolve(source.text(key)).toAbsolutePath().normalize();
        Path nearest = path;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest != null && !Files.isDirectory(nearest)) {
            fault(
                    key,
                    "it must be a folder, or not exist yet"
                            + (nearest.equals(path) ? "" : "; " + nearest + " is a file"));
        }
    }

    /** Adds a fault with a line of its own. */
    void line(String fault) {
        faults.add(fault);
    }

    /** Returns the number, or -1 if the rule is violated. */
    int whole(String key, int least, int most) {
        String text = source.text(key);
        if (text.matches("\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        fault(key, "it must be a whole number from " + least + " to " + most);
        return -1;
    }

    void decimal(String key, double least, double most) {
        try {
            double value = new BigDecimal(source.text(key)).doubleValue();
            if (value >= least && value <= most) {
                return;
            }
        } catch (NumberFormatException e) {
            // Reported below with the rule.
        }
        fault(key, "it must be a number from " + least + " to " + most);
    }

    void money(String key) {
        String text = source.text(key);
        if (!text.matches("\\d{1,12}(\\.\\d{1,6})?") || new BigDecimal(text).signum() == 0) {
            fault(key, "it must be an amount above 0, such as 25000 or 0.5");
        }
    }

    void duration(String... keys) {
        for (String key : keys) {
            durations.add(key);
            if (Durations.parse(source.text(key)) == null) {
                fault(key, "it must be a duration such as 500ms, 30s or 5m");
            }
        }
    }

    /** Checks timer intervals, which have a minimum: a timer with period 0 would fire without pause. */
    void interval(String... keys) {
        duration(keys);
        for (String key : keys) {
            Duration interval = Durations.parse(source.text(key));
            if (interval != null && interval.toMillis() < 100) {
                fault(key, "it must be at least 100ms");
            }
        }
    }

    /** Returns whether the value is a duration of at least one second. */
    boolean atLeastASecond(String key) {
        if (Durations.parse(source.text(key)) != null
                && Durations.parse(source.text(key)).toSeconds() < 1) {
            fault(key, "it must be at least 1s");
            return false;
        }
        return true;
    }

    void oneOf(String key, String... allowed) {
        if (!Arrays.asList(allowed).contains(source.text(key))) {
            fault(key, "it must be one of " + String.join(", ", allowed));
        }
    }

    /** Checks with a parser that throws an IllegalArgumentException with the rule as its message. */
    void parsed(String key, Consumer<String> parser) {
        try {
            parser.accept(source.text(key));
        } catch (IllegalArgumentException e) {
            fault(key, e.getMessage());
        }
    }

    /** Returns a value as one line of bounded length. */
    static String shown(String value) {
        String oneLine = OneLine.of(value);
        return oneLine.length() <= 80 ? oneLine : oneLine.substring(0, 80) + "…";
    }
}
