package dev.livefeed.app.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JVM options of the application, which are wanted before all other settings.
 *
 * @param words each an option, where {@link #notAnOption} is null
 * @param shipped whether they are those of the jar, which are known to be good
 */
public record JavaOptions(List<String> words, boolean shipped) {

    static final String KEY = "application.java.options";

    /** Reads them and nothing else. */
    public static JavaOptions read(Path workingDirectory, Map<String, String> environment) {
        return of(new SettingsSource(workingDirectory, environment, Set.of()));
    }

    static JavaOptions of(SettingsSource source) {
        List<String> words = Arrays.stream(source.text(KEY).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return new JavaOptions(words, source.shipped(KEY));
    }

    /** The first word that cannot be an option, or null. */
    public String notAnOption() {
        return words.stream().filter(word -> !word.startsWith("-")).findFirst().orElse(null);
    }
}
