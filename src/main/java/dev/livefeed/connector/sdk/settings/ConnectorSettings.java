package dev.livefeed.connector.sdk.settings;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConfigFile.Setting;
import dev.livefeed.naming.OneLine;
import dev.livefeed.naming.SettingNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings of a connector: from the environment, else from the file, else the default.
 *
 * <p>Errors are collected; {@link #check} throws them all, one line each. A key in the file that was never read is an
 * error.
 */
public final class ConnectorSettings {

    private static final int LONGEST_MESSAGE = 800;

    private final Map<String, String> environment;
    private final Map<String, Setting> file;
    private final Set<String> unknown;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> defaults = new TreeMap<>();
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();

    /**
     * @param environment environment variables; an empty value counts as not set
     * @param fileVariable variable with the path of the file
     * @throws ConfigurationException if the file cannot be read
     */
    public ConnectorSettings(Map<String, String> environment, String fileVariable) throws ConfigurationException {
        this(environment, fileVariable, Path.of(""));
    }

    /**
     * Reads the file.
     *
     * @param fileVariable names it
     * @param directory where a relative path begins
     * @throws ConfigurationException where the file is named and cannot be read
     */
    public ConnectorSettings(Map<String, String> environment, String fileVariable, Path directory)
            throws ConfigurationException {
        this.environment = environment;
        String path = environment.getOrDefault(fileVariable, "").strip();
        variables.add(fileVariable);
        if (!path.isEmpty() && !readable(directory, path)) {
            throw new ConfigurationException(
                    fileVariable + " is \"" + path + "\"; it must be a JSON file that can be read");
        }
        this.file = (path.isEmpty()
                        ? ConfigFile.none()
                        : ConfigFile.read(directory.resolve(path).toString()))
                .values();
        this.unknown = new LinkedHashSet<>(file.keySet());
    }

    /** Whether the file can be read at all. */
    public static boolean readable(Path directory, String path) {
        try {
            Path file = directory.resolve(path);
            return Files.isRegularFile(file) && Files.isReadable(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Every variable of the environment that was asked for. */
    public Set<String> variables() {
        return variables;
    }

    /** Those of them that hold secrets. */
    public Set<String> secrets() {
        return secrets;
    }

    /** What was read as its default because its value could not be used, one line each. */
    public List<String> warnings() {
        return warnings;
    }

    /** Every key that was read, with its default as text. Used to test the documentation. */
    public Map<String, String> defaults() {
        return defaults;
    }

    /** @throws ConfigurationException with one line per error, if there are any */
    public void check() throws ConfigurationException {
        for (String key : unknown) {
            String suggestion = new SettingNames(defaults.keySet()).meantBy(key);
            errors.add(file.get(key).location() + ": \"" + OneLine.of(key, 80) + "\" is no setting"
                    + (suggestion == null ? "" : "; did you mean \"" + suggestion + "\"?"));
        }
        if (!errors.isEmpty()) {
            throw new ConfigurationException(String.join("\n", errors));
        }
    }

    /** Adds an error of a setting. */
    public void fault(String key, String variable, String message) {
        errors.add(nameOf(key, variable) + ' ' + OneLine.ends(message, LONGEST_MESSAGE));
    }

    /**
     * A secret, which is read from the environment only; empty if it is not set. A key in the file that looks like it
     * is an error, whose message does not contain the value.
     *
     * @param word lower-case letters and digits that identify such keys
     */
    public String secret(String variable, String word) {
        for (String key : file.keySet()) {
            if (key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").contains(word) && unknown.remove(key)) {
                errors.add(nameOf(key, null) + " must not be in a file: remove it and set " + variable
                        + " in the environment, the only place for it");
            }
        }
        secrets.add(variable);
        String value = fromEnvironment(variable);
        return value == null ? "" : value;
    }

    /** Whether the setting is set in the environment or the file. */
    public boolean given(String key, String variable) {
        return fromEnvironment(variable) != null || file.containsKey(key);
    }

    /** One of the given texts, in lower case. */
    public String choice(String key, String variable, String defaultValue, List<String> choices) {
        defaults.put(key, defaultValue);
        String text = text(key, variable);
        if (text == null) {
            return defaultValue;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!choices.contains(lower)) {
            fault(key, variable, "is \"" + text + "\"; it must be one of " + String.join(", ", choices));
            return defaultValue;
        }
        return lower;
    }

    /** A whole number within a range. */
    public long number(String key, String variable, long defaultValue, long min, long max) {
        defaults.put(key, Long.toString(defaultValue));
        String text = fromEnvironment(variable);
        Object inFile = fromFile(key);
        Object value = text != null ? text : inFile;
        if (value == null) {
            return defaultValue;
        }
        Long number = value instanceof Long n ? n : text == null ? null : parsed(text);
        if (number == null || number < min || number > max) {
            fault(key, variable, "is \"" + value + "\"; it must be a whole number from " + min + " to " + max);
            return defaultValue;
        }
        return number;
    }

    /** A number of milliseconds from 1 to one day. */
    public Duration millis(String key, Duration defaultValue) {
        return Duration.ofMillis(
                number(key, null, defaultValue.toMillis(), 1, Duration.ofDays(1).toMillis()));
    }

    /** A number of milliseconds up to one day; 0 means none. */
    public Duration millisOrNone(String key, Duration defaultValue) {
        return Duration.ofMillis(
                number(key, null, defaultValue.toMillis(), 0, Duration.ofDays(1).toMillis()));
    }

    /** True or false; any other value is an error. */
    public boolean strictFlag(String key, String variable, boolean defaultValue) {
        int before = warnings.size();
        boolean value = flag(key, variable, defaultValue);
        if (warnings.size() > before) {
            warnings.remove(before);
            fault(key, variable, "is \"" + fromEnvironment(variable) + "\"; it must be true or false");
        }
        return value;
    }

    /** True or false. Any other value in the environment is logged as a warning and replaced by the default. */
    public boolean flag(String key, String variable, boolean defaultValue) {
        defaults.put(key, Boolean.toString(defaultValue));
        String text = fromEnvironment(variable);
        if (text != null) {
            fromFile(key);
            switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "1", "yes", "on" -> {
                    return true;
                }
                case "false", "0", "no", "off" -> {
                    return false;
                }
                default -> {
                    warnings.add(variable + " is \"" + text + "\", which is no boolean; " + defaultValue
                            + " is used. Set true or false");
                    return defaultValue;
                }
            }
        }
        Object value = fromFile(key);
        if (value == null || value instanceof Boolean) {
            return value == null ? defaultValue : (Boolean) value;
        }
        fault(key, null, "is \"" + value + "\"; it must be true or false");
        return defaultValue;
    }

    /** A base URL: scheme, host, port and optional path, without a trailing slash. */
    public URI base(String key, String variable, URI defaultValue, Set<String> schemes) {
        defaults.put(key, String.valueOf(defaultValue));
        String text = text(key, variable);
        if (text == null) {
            return defaultValue;
        }
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean valid = uri.getScheme() != null
                    && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            if (valid) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Rejected below.
        }
        fault(
                key,
                variable,
                "is \"" + text.replaceAll("//[^/]*@", "//***@") + "\"; it must be an address such as "
                        + new TreeSet<>(schemes).last() + "://host or " + new TreeSet<>(schemes).first()
                        + "://host:port");
        return defaultValue;
    }

    /** A text that is not shown in messages, since it may hold a secret. */
    public String hiddenText(String key, String variable, String defaultValue) {
        defaults.put(key, defaultValue);
        String text = fromEnvironment(variable);
        Object value = fromFile(key);
        if (text != null || value == null) {
            return text == null ? defaultValue : text;
        }
        if (value instanceof String inFile && !inFile.isBlank()) {
            return inFile.strip();
        }
        fault(key, null, "must be a text");
        return defaultValue;
    }

    /** A list of texts that are not shown in messages. In the variable, line breaks separate them too. */
    public List<String> hiddenTexts(String key, String variable, char separator) {
        defaults.put(key, List.of().toString());
        String text = fromEnvironment(variable);
        Object value = fromFile(key);
        if (text == null && value == null) {
            return List.of();
        }
        if (text == null && !(value instanceof List<?>)) {
            fault(key, null, "must be a list of texts");
            return List.of();
        }
        List<?> all = text == null ? (List<?>) value : List.of(text.split("[\\n" + separator + "]"));
        return all.stream()
                .map(one -> String.valueOf(one).strip())
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** A variable of the environment that may hold a secret and has no key in the file; null if it is not set. */
    public String hiddenVariable(String variable) {
        secrets.add(variable);
        return fromEnvironment(variable);
    }

    /** Adds a line on something that keeps nothing from running. */
    public void warning(String line) {
        warnings.add(line);
    }

    /** A list of texts, from the file only. */
    public List<String> texts(String key, List<String> defaultValue) {
        defaults.put(key, defaultValue.toString());
        Object value = fromFile(key);
        if (value == null) {
            return defaultValue;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        fault(key, null, "is \"" + value + "\"; it must be a list of texts");
        return defaultValue;
    }

    private String text(String key, String variable) {
        String text = fromEnvironment(variable);
        Object value = fromFile(key);
        if (text != null || value == null) {
            return text;
        }
        if (value instanceof String) {
            return (String) value;
        }
        fault(key, null, "is \"" + value + "\"; it must be a text");
        return null;
    }

    private String fromEnvironment(String variable) {
        if (variable != null) {
            variables.add(variable);
        }
        String value = variable == null ? null : environment.get(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private Object fromFile(String key) {
        unknown.remove(key);
        Setting setting = file.get(key);
        return setting == null ? null : setting.value();
    }

    private String nameOf(String key, String variable) {
        if (fromEnvironment(variable) != null) {
            return variable;
        }
        Setting setting = file.get(key);
        return setting == null ? key : setting.location() + ": \"" + key + '"';
    }

    private static Long parsed(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
