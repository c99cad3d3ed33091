package dev.livefeed.app.settings;

import dev.livefeed.app.tracing.TracingRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sources of settings: the packed defaults, overridden by a file in the working directory, overridden by the
 * environment.
 */
final class SettingsSource {

    static final String FILE = "application.properties";

    private final Properties merged = new Properties();
    private final Properties packed = new Properties();
    private NumberedProperties own = new NumberedProperties();
    private final Map<String, String> environment;
    private final List<String> faults = new ArrayList<>();

    /** @param secrets variables of secrets, which must not be set in a file */
    SettingsSource(Path workingDirectory, Map<String, String> environment, Set<String> secrets) {
        this.environment = Map.copyOf(environment);
        try (InputStream defaults = SettingsSource.class.getResourceAsStream("/" + FILE)) {
            merged.load(defaults);
        } catch (IOException e) {
            throw new IllegalStateException("the packed " + FILE + " cannot be read", e);
        }
        packed.putAll(merged);
        Path file = workingDirectory.resolve(FILE);
        if (Files.exists(file)) {
            try {
                own = NumberedProperties.read(file);
            } catch (IOException | IllegalArgumentException e) {
                faults.add(file + " cannot be read as properties (" + e.getMessage() + "); fix it or move it away");
            }
            for (String key : own.stringPropertyNames()) {
                String variable = variable(key);
                if (secrets.contains(variable)
                        || SinkLogins.SECRETS.contains(variable)
                        || TracingRules.SECRETS.contains(variable)) {
                    own.remove(key);
                    faults.add(file + " sets " + key
                            + "; a secret must be set in the environment: remove it from the file and set "
                            + variable(key));
                }
            }
            merged.putAll(own);
        }
        for (String key : merged.stringPropertyNames()) {
            String value = this.environment.get(variable(key));
            if (value != null && !key.startsWith("camel.")) {
                merged.setProperty(key, value);
            }
        }
    }

    /** The environment variable of a key: {@code http.port} is {@code HTTP_PORT}. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The value without surrounding blanks, empty if it is not set. */
    String text(String key) {
        return merged.getProperty(key, "").strip();
    }

    /** Whether the value is the packed default. */
    boolean shipped(String key) {
        return merged.getProperty(key, "").equals(packed.getProperty(key, ""));
    }

    /** Whether the environment sets the key. */
    boolean inEnvironment(String key) {
        return !environment.getOrDefault(variable(key), "").isBlank();
    }

    /** Whether the environment or the file sets the key. */
    boolean given(String key) {
        return inEnvironment(key) || own.containsKey(key);
    }

    /** The keys with a packed default. */
    Set<String> packedKeys() {
        return packed.stringPropertyNames();
    }

    /** The keys of the file in the working directory, without secrets. */
    Set<String> ownKeys() {
        return new TreeSet<>(own.stringPropertyNames());
    }

    /** Where the value is set: {@code HTTP_PORT}, or {@code application.properties:3: http.port}. */
    String place(String key) {
        boolean inFile = own.line(key) > 0 && environment.get(variable(key)) == null;
        return inFile ? FILE + ':' + own.line(key) + ": " + key : variable(key);
    }

    List<String> faults() {
        return faults;
    }

    Properties merged() {
        return merged;
    }

    Map<String, String> environment() {
        return environment;
    }
}
