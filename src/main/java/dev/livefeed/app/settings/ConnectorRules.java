package dev.livefeed.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of the packed connectors. The application itself knows none of their rules. */
public interface ConnectorRules {

    /** The names of the connectors. */
    Set<String> names();

    /** All variables that connectors read. */
    Set<String> variables();

    /** The variables that hold secrets and may only be set in the environment. */
    Set<String> secrets();

    /**
     * Checks settings.
     *
     * @param connector name of the connector that the symbols and channels are for, or null if that is not one of these
     * @param settings values by variable; a variable with its default value is absent
     * @param directory base of relative file paths
     */
    SettingsFindings check(String connector, Map<String, String> settings, Path directory);

    /**
     * Result of the check.
     *
     * @param faults one line each
     * @param fileFaults faults in configuration files, one line each; these may be fixed while the application runs
     * @param warnings one line each
     * @param values the settings as the connectors interpret them, by variable
     */
    record SettingsFindings(
            List<String> faults, List<String> fileFaults, List<String> warnings, Map<String, String> values) {}
}
