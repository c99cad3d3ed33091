package dev.livefeed.connector.sdk.settings;

import dev.livefeed.connector.sdk.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks settings without starting the connector: first the environment, then the configuration file.
 *
 * @param <T> settings of the connector
 */
public final class SettingsCheck<T> {

    /** Key of the name of the connector that the symbols and channels are for; absent if that is not known. */
    public static final String SUBSCRIBING = "connector";

    private final String fileVariable;
    private final Reader<T> reader;
    private final Further<T> further;

    /** Reads the settings. */
    public interface Reader<T> {

        /** @throws ConfigurationException if settings are invalid, with a line for each */
        T read(ConnectorSettings settings) throws ConfigurationException;
    }

    /** Adds what the connector knows besides its own settings. */
    public interface Further<T> {

        void check(T read, ConnectorSettings settings, Findings findings);
    }

    /**
     * What was found.
     *
     * @param values the settings as the connector interprets them, by variable
     */
    public record Findings(List<String> faults, List<String> warnings, Map<String, String> values) {}

    /** @param fileVariable names the configuration file */
    public SettingsCheck(String fileVariable, Reader<T> reader, Further<T> further) {
        this.fileVariable = fileVariable;
        this.reader = reader;
        this.further = further;
    }

    /** @param directory base of a relative path of the configuration file */
    public SettingsReport check(Map<String, String> environment, Path directory) {
        Map<String, String> withoutFile = new LinkedHashMap<>(environment);
        String file = environment.getOrDefault(fileVariable, "").strip();
        withoutFile.remove(fileVariable);
        Findings found = new Findings(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
        ConnectorSettings settings;
        try {
            settings = new ConnectorSettings(withoutFile, fileVariable);
        } catch (ConfigurationException e) {
            throw new IllegalStateException("no file is set", e);
        }
        try {
            further.check(reader.read(settings), settings, found);
        } catch (ConfigurationException e) {
            e.getMessage().lines().forEach(found.faults()::add);
        }
        found.warnings().addAll(0, settings.warnings().stream().distinct().toList());
        List<String> fileFaults = new ArrayList<>();
        if (!file.isEmpty()) {
            inFile(environment, directory)
                    .filter(line -> !found.faults().contains(line))
                    .forEach(fileFaults::add);
            if (!ConnectorSettings.readable(directory, file)) {
                found.faults().addAll(fileFaults);
                fileFaults.clear();
            }
        }
        return new SettingsReport(
                settings.variables(), settings.secrets(), found.faults(), fileFaults, found.warnings(), found.values());
    }

    private Stream<String> inFile(Map<String, String> environment, Path directory) {
        try {
            reader.read(new ConnectorSettings(environment, fileVariable, directory));
            return Stream.empty();
        } catch (ConfigurationException e) {
            return e.getMessage().lines();
        }
    }
}
