package dev.livefeed.app;

import dev.livefeed.app.settings.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** All settings as Camel is given them, for the run and for each trial: those of the environment come last. */
final class CamelProperties {

    private static final String ENVIRONMENT = "camel.main.autoConfigurationEnvironmentVariablesEnabled";

    private CamelProperties() {}

    static Properties of(Settings settings) {
        Properties all = settings.properties();
        settings.camelKeys().forEach(key -> replace(all, key, all.getProperty(key)));
        boolean off = "false".equalsIgnoreCase(all.getProperty(ENVIRONMENT, "").strip());
        all.remove(ENVIRONMENT);
        if (!off) {
            Map<String, String> environment = settings.environment();
            CamelEnvironment.keys(environment).forEach((variable, key) -> {
                if (CamelKeys.group(key) != null) {
                    replace(all, key, environment.get(variable));
                }
            });
        }
        return all;
    }

    /** Sets a key however it was spelt before. */
    private static void replace(Properties all, String key, String value) {
        all.keySet().removeIf(other -> plain(other.toString()).equals(plain(key)));
        all.setProperty(key, value);
    }

    /** Camel takes a key in any case, with dashes or without. */
    static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
