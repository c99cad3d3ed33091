package dev.livefeed.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.main.MainHelper;

/**
 * Camel's own keys as environment variables. They are read here, not by camel-main: 4.17 looks for
 * {@code CAMEL_COMPONENT_…}, {@code CAMEL_DATAFORMAT_…} and {@code CAMEL_LANGUAGE_…} in lower case and finds none.
 */
final class CamelEnvironment {

    /** Read by camel-main before anything else, from the environment alone. */
    private static final List<String> LOCATIONS = List.of(
            "CAMEL_MAIN_PROPERTY_PLACEHOLDER_LOCATION",
            "CAMEL_MAIN_INITIAL_PROPERTIES_LOCATION",
            "CAMEL_MAIN_OVERRIDE_PROPERTIES_LOCATION");

    private static final Map<String, String> NAMED = Map.of(
            "CAMEL_COMPONENT_", "components.properties",
            "CAMEL_DATAFORMAT_", "dataformats.properties",
            "CAMEL_LANGUAGE_", "languages.properties");

    private static final Pattern SERVICE =
            Pattern.compile("\\w+_SERVICE_(HOST|PORT)(_\\w+)?|\\w+_PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?");

    private CamelEnvironment() {}

    /** Variable to key, of those that name a key of Camel's; whether there is such a key is not looked at. */
    static Map<String, String> keys(Map<String, String> environment) {
        Map<String, String> keys = new TreeMap<>();
        for (String variable : environment.keySet()) {
            String capitals = variable.toUpperCase(Locale.ROOT);
            if (capitals.startsWith("CAMEL_")
                    && !kubernetes(capitals, environment.get(variable))
                    && !LOCATIONS.contains(capitals)) {
                keys.put(variable, key(capitals));
            }
        }
        return keys;
    }

    /** Service variables that Kubernetes sets have this form, also those of a service named camel-server. */
    private static boolean kubernetes(String variable, String value) {
        return SERVICE.matcher(variable).matches()
                || variable.endsWith("_PORT") && value.matches("(tcp|udp|sctp)://.*");
    }

    private static String key(String variable) {
        for (Map.Entry<String, String> list : NAMED.entrySet()) {
            String prefix = list.getKey();
            if (variable.startsWith(prefix) && !variable.startsWith("CAMEL_COMPONENT_PROPERTIES_")) {
                String rest = variable.substring(prefix.length());
                String name = names(list.getValue()).stream()
                        .filter(one -> rest.startsWith(capitals(one) + "_"))
                        .max((a, b) -> Integer.compare(a.length(), b.length()))
                        .orElse(rest.replaceAll("_.*", "").toLowerCase(Locale.ROOT));
                String option = rest.length() > name.length() ? rest.substring(name.length() + 1) : "";
                return prefix.toLowerCase(Locale.ROOT).replace('_', '.') + name + "."
                        + option.toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static String capitals(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<String> names(String resource) {
        try (InputStream in = MainHelper.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
