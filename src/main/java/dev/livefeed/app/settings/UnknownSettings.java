package dev.livefeed.app.settings;

import dev.livefeed.naming.SettingNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names in application.properties and in the environment that are no settings. A mistyped one is a fault, since what
 * it sets would silently stay at its default; another one is a warning where nothing but this program can be meant to
 * read it. Values are not shown.
 */
public final class UnknownSettings {

    private static final int MOST_WARNINGS = 20;

    /** Was a setting of earlier versions; the launcher takes the variable out of the environment when it uses it. */
    private static final String JVM_OPTIONS = "application.java.options";

    /** A setting of the local exchange's. */
    private static final String EXCHANGE_SECRET = "EXCHANGE_API_SECRET";

    /** What begins so is this program's; what begins as a connector's settings do is a connector's. */
    private static final List<String> OURS =
            List.of("CONNECTOR", "PAPER", "STRATEGY", "STREAM", "HEALTH", "REPLAY", "SIMULATOR");

    /** Near a setting, and as likely another program's. */
    private static final Set<String> AMBIGUOUS =
            Set.of("LOGLEVEL", "SESSION", "DATASOURCE", "STATEDIR", "STATS_DIR", "ROUTER_DIR");

    /**
     * Kubernetes gives each container the services of its namespace; {@code X_PORT} is one where {@code
     * X_SERVICE_HOST} is.
     */
    private static final Pattern SERVICE =
            Pattern.compile("\\w+_SERVICE_(HOST|PORT)(_\\w+)?|\\w+_PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?");

    /** Read by connectors of others, by Camel, or by whatever serves HTTPS. */
    private static final Pattern OTHERS = Pattern.compile("(BINANCE|CAMEL|HTTPS)_.*");

    private final SettingsSource source;
    private final Set<String> used;
    /** Settings without a key, which only the environment may hold. */
    private final Set<String> variables;

    private final Pattern ours;
    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Looks at all names.
     *
     * @param used names of properties and environment variables that route files use
     * @param connectors know the names of their own settings
     */
    public UnknownSettings(
            Path workingDirectory, Map<String, String> environment, Set<String> used, ConnectorRules connectors) {
        this.source = new SettingsSource(workingDirectory, environment, connectors.secrets());
        this.variables = new TreeSet<>(connectors.variables());
        variables.add(EXCHANGE_SECRET);
        this.ours = Pattern.compile(Stream.concat(
                        OURS.stream(),
                        connectors.variables().stream().map(name -> name.substring(0, name.indexOf('_'))))
                .distinct()
                .collect(Collectors.joining("|", "(", ")_.*")));
        this.used = new TreeSet<>(used);
        source.ownKeys()
                .forEach(key -> this.used.addAll(Placeholders.in(source.merged().getProperty(key, ""))));
        file();
        environment();
    }

    /** One line for each mistyped name. */
    public List<String> faults() {
        return faults;
    }

    /** One line for each name that nothing reads. */
    public List<String> warnings() {
        if (warnings.size() <= MOST_WARNINGS) {
            return warnings;
        }
        List<String> first = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
        first.add((warnings.size() - MOST_WARNINGS) + " more names are no settings");
        return first;
    }

    private void file() {
        SettingNames names = new SettingNames(source.packedKeys());
        for (String key : source.ownKeys()) {
            if (source.packedKeys().contains(key) || key.startsWith("camel.") || used.contains(key)) {
                continue;
            }
            if (key.equals(JVM_OPTIONS)) {
                warnings.add(SettingsSource.FILE + ": " + key + " is not used: a JVM takes options only when it starts;"
                        + " start the program by bin/livefeed with APPLICATION_JAVA_OPTIONS");
                continue;
            }
            String beginning = SettingsSource.FILE + ": " + shown(key) + ": no such setting";
            String meant = names.meantBy(key);
            if (meant != null) {
                faults.add(beginning + "; did you mean " + meant + '?');
            } else {
                warnings.add(beginning + ", and no route uses it" + hint(names.nearest(key, 1)));
            }
        }
    }

    private void environment() {
        Set<String> known = new LinkedHashSet<>(variables);
        source.merged().stringPropertyNames().forEach(key -> known.add(SettingsSource.variable(key)));
        used.forEach(name -> known.add(SettingsSource.variable(name)));
        Set<String> handedOn =
                new TreeSet<>(Arrays.asList(source.text("connector.environment").split("\\s*,\\s*")));
        SettingNames names = new SettingNames(Stream.concat(
                        variables.stream(),
                        source.packedKeys().stream()
                                .filter(key -> !key.startsWith("camel."))
                                .map(SettingsSource::variable))
                .toList());
        for (String name : new TreeSet<>(source.environment().keySet())) {
            if (known.contains(name) || used.contains(name) || handedOn.contains(name) || othersName(name)) {
                continue;
            }
            if (name.equals(SettingsSource.variable(JVM_OPTIONS))) {
                warnings.add(
                        name + " in the environment has no effect on java -jar: start the program by bin/livefeed");
                continue;
            }
            String meant = names.meantBy(name);
            String beginning = shown(name) + " in the environment: no such setting";
            if (meant != null && !AMBIGUOUS.contains(name)) {
                faults.add(beginning + "; did you mean " + meant + '?');
                continue;
            }
            boolean likely = ours.matcher(name).matches();
            // A name that goes to connectors and has nothing but its first word of a setting is theirs.
            boolean theirs = handedOn.stream().anyMatch(pattern -> begins(name, pattern));
            String nearest = meant != null ? meant : likely ? names.nearest(name, theirs ? 2 : 1) : null;
            if (nearest != null) {
                warnings.add(beginning + hint(nearest)
                        + "; where a connector of your own reads it, name it in CONNECTOR_ENVIRONMENT");
            }
        }
    }

    private static boolean begins(String name, String pattern) {
        return pattern.endsWith("*") && name.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private boolean othersName(String name) {
        return SERVICE.matcher(name).matches()
                || OTHERS.matcher(name).matches()
                || (name.endsWith("_PORT")
                        && source.environment()
                                .containsKey(name.substring(0, name.length() - "PORT".length()) + "SERVICE_HOST"));
    }

    private static String hint(String nearest) {
        return nearest == null ? "" : "; the nearest is " + nearest;
    }

    /** One line of bounded length, whatever the name holds. */
    private static String shown(String name) {
        String oneLine = name.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= 80 ? oneLine : oneLine.substring(0, 80) + "…";
    }
}
