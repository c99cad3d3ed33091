package dev.livefeed.app.process;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a connector process gets of the environment: the names on a list, and the settings under their own names. */
public final class ConnectorEnvironment {

    private ConnectorEnvironment() {}

    /**
     * The variables to pass.
     *
     * @param allowed names, comma separated; a {@code *} at the end stands for anything
     * @param settings passed whatever the list says; empty values are not passed
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
