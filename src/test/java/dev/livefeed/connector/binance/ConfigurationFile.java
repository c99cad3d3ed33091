package dev.livefeed.connector.binance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file of the connector for a test. */
final class ConfigurationFile {

    private ConfigurationFile() {}

    /** Writes the settings, as JSON, to a file that is removed when the tests end; returns its path. */
    static String of(String json) {
        try {
            Path path = Files.createTempFile("binance", ".json");
            path.toFile().deleteOnExit();
            Files.writeString(path, json);
            return path.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
