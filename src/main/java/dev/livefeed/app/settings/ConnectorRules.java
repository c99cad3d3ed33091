package dev.livefeed.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the connectors of the jar say of their settings: the application knows none of their rules. */
public interface ConnectorRules {

    /** The names of the connectors. */
    Set<String> names();

    /** All variables that connectors read. */
    Set<String> variables();

    /** Those of them that hold secrets: they belong in the environment. */
    Set<String> secrets();

    /**
     * Judges settings.
     *
     * @param settings by their variables; one that is at its default is missing
     * @param directory where paths of files begin
     */
    Verdict check(Map<String, String> settings, Path directory);

    /**
     * What is to be said of the settings.
     *
     * @param faults one line each
     * @param fileFaults the same of what a configuration file holds, which may be mended while the application runs
     * @param warnings one line each
     * @param values settings as the connectors understand them, by their variables
     */
    record Verdict(List<String> faults, List<String> fileFaults, List<String> warnings, Map<String, String> values) {}
}
