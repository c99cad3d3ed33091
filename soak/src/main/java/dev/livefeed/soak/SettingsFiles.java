package dev.livefeed.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Configuration files of the connector, one for each content. */
final class SettingsFiles {

    private static final Map<String, String> FILES = new ConcurrentHashMap<>();

    private SettingsFiles() {}

    /** The path of a file with these JSON settings. */
    static String of(String settings) {
        return FILES.computeIfAbsent("{" + settings + "}", SettingsFiles::write);
    }

    private static String write(String text) {
        try {
            Path file = Files.createTempFile("soak", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
