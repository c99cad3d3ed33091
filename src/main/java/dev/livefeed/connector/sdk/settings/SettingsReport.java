package dev.livefeed.connector.sdk.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a connector says of its settings before it is run.
 *
 * @param variables all that it reads of the environment
 * @param secrets those of them that hold secrets
 * @param faults one line each: variable, value, rule
 * @param fileFaults the same of what its configuration file holds, which may be mended while the application runs
 * @param warnings what does not keep it from running, and is hardly meant
 * @param values settings as they are understood, by their variables: a default may depend on another setting
 */
public record SettingsReport(
        Set<String> variables,
        Set<String> secrets,
        List<String> faults,
        List<String> fileFaults,
        List<String> warnings,
        Map<String, String> values) {

    /** Of a connector that has no settings, or judges them when it is run. */
    public static final SettingsReport NONE =
            new SettingsReport(Set.of(), Set.of(), List.of(), List.of(), List.of(), Map.of());
}
