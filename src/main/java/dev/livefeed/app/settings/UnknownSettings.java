package dev.livefeed.app.settings;

import dev.livefeed.app.tracing.TracingRules;
import dev.livefeed.naming.OneLine;
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
 * Finds names in application.properties and in the environment that are not settings. A mistyped name is a fault,
 * because the setting it was meant for would silently keep its default. Another unknown name is a warning if only this
 * program can be meant to read it. Values are never shown.
 */
public final class UnknownSettings {

    private static final int MOST_WARNINGS = 20;

    /** A setting of earlier versions. If the launcher uses the variable, it removes it from the environment. */
    private static final String JVM_OPTIONS = "application.java.options";

    /** A setting of the local exchange. */
    private static final String EXCHANGE_SECRET = "EXCHANGE_API_SECRET";

    /** Prefixes of this program's names. The prefixes of the connectors' settings belong to the connectors. */
    private static final List<String> OURS =
            List.of("CONNECTOR", "PAPER", "STRATEGY", "STREAM", "HEALTH", "REPLAY", "SIMULATOR", "SINK");

    /** Names that resemble a setting but are just as likely to belong to another program. */
    private static final Set<String> AMBIGUOUS =
            Set.of("LOGLEVEL", "SESSION", "DATASOURCE", "STATEDIR", "STATS_DIR", "ROUTER_DIR");

    /**
     * Kubernetes sets variables for the services of a namespace: {@code X_PORT} is one if {@code X_SERVICE_HOST}
     * exists.
     */
    private static final Pattern SERVICE =
            Pattern.compile("\\w+_SERVICE_(HOST|PORT)(_\\w+)?|\\w+_PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?");

    /** Names read by custom connectors, by Camel, by an HTTPS server, or by all programs with OpenTelemetry. */
    private static final Pattern OTHERS =
            Pattern.compile("(CAMEL|HTTPS|OTEL)_.*|BINANCE_(\\w*_)?(API|KEY|SECRET)(_\\w+)?");

    /** Read by every program that uses the network. */
    private static final Pattern PROXY = Pattern.compile("(?i)(HTTPS?|FTP|ALL|NO|RSYNC|SOCKS5?|WSS?)_PROXY");

    private final SettingsSource source;
    private final Set<String> used;
    /** Settings that may only be set in the environment and have no key. */
    private final Set<String> variables;

    private final Pattern ours;
    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Checks all names.
     *
     * @param used names of properties and environment variables that route files use
     * @param connectors know the names of their own settings
     */
    public UnknownSettings(
            Path workingDirectory, Map<String, String> environment, Set<String> used, ConnectorRules connectors) {
        this.source = new SettingsSource(workingDirectory, environment, connectors.secrets());
        this.variables = new TreeSet<>(connectors.variables());
        variables.add(EXCHANGE_SECRET);
        variables.addAll(SinkLogins.SECRETS);
        variables.addAll(TracingRules.SECRETS);
        this.ours = Pattern.compile(Stream.concat(
                        OURS.stream(),
                        connectors.variables().stream()
                                .filter(name -> !PROXY.matcher(name).matches())
                                .map(name -> name.substring(0, name.indexOf('_'))))
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

    /** One line for each name that is not read. */
    public List<String> warnings() {
        if (warnings.size() <= MOST_WARNINGS) {
            return warnings;
        }
        List<String> first = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
        first.add((warnings.size() - MOST_WARNINGS) + " more names are not settings");
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
                        + " start the program with bin/livefeed and APPLICATION_JAVA_OPTIONS");
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
                        variables.stream().filter(name -> !PROXY.matcher(name).matches()),
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
                        name + " in the environment has no effect with java -jar; start the program with bin/livefeed");
                continue;
            }
            String meant = names.meantBy(name);
            String beginning = shown(name) + " in the environment: no such setting";
            if (meant != null && !AMBIGUOUS.contains(name)) {
                faults.add(beginning + "; did you mean " + meant + '?');
                continue;
            }
            boolean likely = ours.matcher(name).matches();
            // A name that is passed to connectors and shares only the first word with a setting belongs to a connector.
            boolean theirs = handedOn.stream().anyMatch(pattern -> begins(name, pattern));
            String nearest = meant != null ? meant : likely ? names.nearest(name, theirs ? 2 : 1) : null;
            if (nearest != null) {
                warnings.add(beginning + hint(nearest)
                        + "; if a custom connector reads it, add it to CONNECTOR_ENVIRONMENT");
            }
        }
    }

    private static boolean begins(String name, String pattern) {
        return pattern.endsWith("*") && name.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private boolean othersName(String name) {
        return SERVICE.matcher(name).matches()
                || OTHERS.matcher(name).matches()
                || PROXY.matcher(name).matches()
                || (name.endsWith("_PORT")
                        && source.environment()
                                .containsKey(name.substring(0, name.length() - "PORT".length()) + "SERVICE_HOST"));
    }

    private static String hint(String nearest) {
        return nearest == null ? "" : "; the nearest is " + nearest;
    }

    /** Returns a name as one line of bounded length. */
    private static String shown(String name) {
        String oneLine = OneLine.of(name);
        return oneLine.length() <= 80 ? oneLine : oneLine.substring(0, 80) + "…";
    }
}
