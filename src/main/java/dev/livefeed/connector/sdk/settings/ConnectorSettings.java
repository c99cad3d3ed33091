package dev.livefeed.connector.sdk.settings;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConfigFile.Setting;
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
 * Settings by key: from the environment, else from the file, else the default.
 *
 * <p>Faults are collected; {@link #check} throws them all, one line each. Every key that was asked for is a known one; the
 * others in the file are faults.
 */
public final class ConnectorSettings {

    private final Map<String, String> environment;
    private final Map<String, Setting> file;
    private final Set<String> unknown;
    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> defaults = new TreeMap<>();
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();

    /**
     * @param environment variables; an empty value counts as none
     * @param fileVariable the variable that names the file
     * @throws ConfigurationException where the file is named and cannot be read
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

    /** Every key that was asked for, and its default as a text; for the documentation's test. */
    public Map<String, String> defaults() {
        return defaults;
    }

    /** Throws every fault found, one a line. */
    public void check() throws ConfigurationException {
        for (String key : unknown) {
            String meant = new SettingNames(defaults.keySet()).meantBy(key);
            faults.add(file.get(key).place() + ": \"" + key + "\" is no setting"
                    + (meant == null ? "" : "; did you mean \"" + meant + "\"?"));
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(String.join("\n", faults));
        }
    }

    /** Adds a fault of a setting that was found by comparing it with others. */
    public void fault(String key, String variable, String message) {
        faults.add(nameOf(key, variable) + ' ' + message);
    }

    /**
     * A secret, which only the environment may hold; empty where it does not. A key of the file that looks like one is a
     * fault, whose message does not show the value.
     *
     * @param word what such keys hold, in small letters and digits only
     */
    public String secret(String variable, String word) {
        for (String key : file.keySet()) {
            if (key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").contains(word) && unknown.remove(key)) {
                faults.add(nameOf(key, null) + " must not stand in a file: take it out and set " + variable
                        + " in the environment, the only place for it");
            }
        }
        secrets.add(variable);
        String value = fromEnvironment(variable);
        return value == null ? "" : value;
    }

    /** Whether the setting is given anywhere. */
    public boolean given(String key, String variable) {
        return fromEnvironment(variable) != null || file.containsKey(key);
    }

    /** A text out of a list. */
    public String choice(String key, String variable, String otherwise, List<String> choices) {
        defaults.put(key, otherwise);
        String text = text(key, variable);
        if (text == null) {
            return otherwise;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!choices.contains(lower)) {
            fault(key, variable, "is \"" + text + "\"; it must be one of " + String.join(", ", choices));
            return otherwise;
        }
        return lower;
    }

    /** A whole number of a range. */
    public long number(String key, String variable, long otherwise, long least, long most) {
        defaults.put(key, Long.toString(otherwise));
        String text = fromEnvironment(variable);
        Object inFile = fromFile(key);
        Object value = text != null ? text : inFile;
        if (value == null) {
            return otherwise;
        }
        Long number = value instanceof Long n ? n : text == null ? null : parsed(text);
        if (number == null || number < least || number > most) {
            fault(key, variable, "is \"" + value + "\"; it must be a whole number from " + least + " to " + most);
            return otherwise;
        }
        return number;
    }

    /** Milliseconds, 1 to one day. */
    public Duration millis(String key, Duration otherwise) {
        return Duration.ofMillis(
                number(key, null, otherwise.toMillis(), 1, Duration.ofDays(1).toMillis()));
    }

    /** Milliseconds, up to one day; 0 means none. */
    public Duration millisOrNone(String key, Duration otherwise) {
        return Duration.ofMillis(
                number(key, null, otherwise.toMillis(), 0, Duration.ofDays(1).toMillis()));
    }

    /** True or false; in the environment another word is warned about and read as the default. */
    public boolean flag(String key, String variable, boolean otherwise) {
        defaults.put(key, Boolean.toString(otherwise));
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
                    warnings.add(variable + " is \"" + text + "\", which is no boolean; " + otherwise
                            + " is used. Set true or false");
                    return otherwise;
                }
            }
        }
        Object value = fromFile(key);
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        fault(key, null, "is \"" + value + "\"; it must be true or false");
        return otherwise;
    }

    /** The beginning of URLs: scheme, host, port and perhaps a path, without a slash at its end. */
    public URI base(String key, String variable, URI otherwise, Set<String> schemes) {
        defaults.put(key, String.valueOf(otherwise));
        String text = text(key, variable);
        if (text == null) {
            return otherwise;
        }
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean whole = uri.getScheme() != null
                    && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && uri.getPort() != 0
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            if (whole) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, with the rule.
        }
        fault(
                key,
                variable,
                "is \"" + text + "\"; it must be an address such as " + new TreeSet<>(schemes).last() + "://host or "
                        + new TreeSet<>(schemes).first() + "://host:port");
        return otherwise;
    }

    /** A list of texts; only the file can hold one. */
    public List<String> texts(String key, List<String> otherwise) {
        defaults.put(key, otherwise.toString());
        Object value = fromFile(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        fault(key, null, "is \"" + value + "\"; it must be a list of texts");
        return otherwise;
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
        return setting == null ? key : setting.place() + ": \"" + key + '"';
    }

    private static Long parsed(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
