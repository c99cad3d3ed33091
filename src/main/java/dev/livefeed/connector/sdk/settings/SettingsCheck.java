package dev.livefeed.connector.sdk.settings;

import dev.livefeed.connector.sdk.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    public record Findings(List<String> faults, List<String> warnings, Map<String, String> values) {

        Findings(List<String> faults) {
            this(faults, new ArrayList<>(), new LinkedHashMap<>());
        }
    }

    /** @param fileVariable names the configuration file */
    public SettingsCheck(String fileVariable, Reader<T> reader, Further<T> further) {
        this.fileVariable = fileVariable;
        this.reader = reader;
        this.further = further;
    }

    /**
     * Checks the settings with the file, and without it if the file has faults.
     *
     * @param directory base of a relative path of the configuration file
     */
    public SettingsReport check(Map<String, String> environment, Path directory) {
        String file = environment.getOrDefault(fileVariable, "").strip();
        if (file.isEmpty()) {
            return withoutFile(environment, List.of());
        }
        try {
            return report(new ConnectorSettings(environment, fileVariable, directory), List.of());
        } catch (ConfigurationException e) {
            List<String> lines = e.getMessage().lines().toList();
            SettingsReport report = withoutFile(environment, lines);
            if (!ConnectorSettings.readable(directory, file)) {
                report.faults().addAll(report.fileFaults());
                report.fileFaults().clear();
            }
            return report;
        }
    }

    /** @param faults those that were found with the file */
    private SettingsReport withoutFile(Map<String, String> environment, List<String> faults) {
        Map<String, String> without = new LinkedHashMap<>(environment);
        without.remove(fileVariable);
        try {
            ConnectorSettings settings = new ConnectorSettings(without, fileVariable);
            try {
                return report(settings, faults);
            } catch (ConfigurationException e) {
                return report(settings, new Findings(e.getMessage().lines().collect(Collectors.toList())), faults);
            }
        } catch (ConfigurationException e) {
            throw new IllegalStateException("no file is set", e);
        }
    }

    private SettingsReport report(ConnectorSettings settings, List<String> faults) throws ConfigurationException {
        Findings found = new Findings(new ArrayList<>());
        further.check(reader.read(settings), settings, found);
        return report(settings, found, faults);
    }

    private static SettingsReport report(ConnectorSettings settings, Findings found, List<String> faults) {
        found.warnings().addAll(0, settings.warnings().stream().distinct().toList());
        List<String> fileFaults =
                faults.stream().filter(line -> !found.faults().contains(line)).collect(Collectors.toList());
        return new SettingsReport(
                settings.variables(), settings.secrets(), found.faults(), fileFaults, found.warnings(), found.values());
    }
}
