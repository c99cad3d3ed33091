package dev.livefeed.app.process;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a connector process: the allowed variables, and its settings. */
public final class ConnectorEnvironment {

    private ConnectorEnvironment() {}

    /**
     * Returns the variables to pass.
     *
     * @param allowed comma-separated names; a trailing {@code *} matches any suffix
     * @param settings passed regardless of the list; an empty value removes the variable
     */
    public static Map<String, String> of(
            Map<String, String> environment, String allowed, Map<String, String> settings) {
        List<String> patterns = Arrays.stream(allowed.split(","))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
        Map<String, String> passed = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (patterns.stream().anyMatch(pattern -> matches(pattern, name))) {
                passed.put(name, value);
            }
        });
        settings.forEach((name, value) -> {
            if (value.isEmpty()) {
                passed.remove(name);
            } else {
                passed.put(name, value);
            }
        });
        return passed;
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }
}
