package dev.livefeed.app.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Rules for the logins of sinks. Passwords and tokens are read from the environment only, and never shown. */
final class SinkLogins {

    /** Variables that may be set in the environment only. */
    static final Set<String> SECRETS = Set.of(
            "SINK_HTTP_PASSWORD",
            "SINK_HTTP_TOKEN",
            "SINK_SQL_PASSWORD",
            "SINK_REDIS_PASSWORD",
            "SINK_QUESTDB_PASSWORD",
            "SINK_QUESTDB_TOKEN",
            "SINK_KAFKA_PASSWORD",
            "SINK_NATS_PASSWORD",
            "SINK_NATS_TOKEN",
            "SINK_MQTT_PASSWORD");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    /** As the value of a header must be, which the client would show if it refused it. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]*");

    static final int MAX_PORT = 65_535;

    private SinkLogins() {}

    /**
     * Checks what the passwords and tokens of sinks consist of, without showing them.
     *
     * @param names of the sinks that are on
     */
    static void checkSecrets(SettingsSource source, SettingChecks checks, List<String> names) {
        for (String variable : new TreeSet<>(SECRETS)) {
            String value = source.environment().getOrDefault(variable, "");
            if (!names.contains(variable.split("_")[1].toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (CONTROL.matcher(value).find()) {
                checks.line(variable + " contains a line end or another control character, perhaps that of the file"
                        + " it was read from; remove it");
            } else if (variable.endsWith("_TOKEN") && !TOKEN.matcher(value).matches()) {
                checks.line(variable + " contains a space or a character that is not ASCII, which a token cannot have");
            }
        }
    }

    /** Checks user, password and token of a sink: both or neither of a login, and not a token as well. */
    static void check(SettingsSource source, SettingChecks checks, String sink) {
        String variables = "SINK_" + sink.toUpperCase(Locale.ROOT);
        String key = "sink." + sink + ".user";
        boolean user = !source.text(key).isEmpty();
        if (user != given(source, variables + "_PASSWORD")) {
            checks.fault(
                    key,
                    user
                            ? "it must be empty, or " + variables + "_PASSWORD must be set in the environment"
                            : variables + "_PASSWORD is set, so it must be the user whose password that is");
        } else if (user && given(source, variables + "_TOKEN")) {
            checks.fault(key, "it must be empty, as " + variables + "_TOKEN is set; a sink has one login");
        }
    }

    /**
     * Checks a setting with a URL, or several with commas, that may contain a login if the environment sets it.
     *
     * @param rule throws an IllegalArgumentException for its value
     */
    static void checkUrl(SettingsSource source, SettingChecks checks, String sink, Consumer<String> rule) {
        String key = "sink." + sink + ".url";
        String variables = "SINK_" + sink.toUpperCase(Locale.ROOT);
        int faults = checks.faults().size();
        checks.parsed(key, rule);
        if (checks.faults().size() > faults) {
            return;
        }
        boolean login = source.text(key).contains("@");
        if (login && !source.inEnvironment(key)) {
            checks.line(withoutLogin(source, key, variables));
        } else if (login && (!source.text("sink." + sink + ".user").isEmpty() || given(source, variables + "_TOKEN"))) {
            checks.line(source.place(key) + " contains a login, and " + variables + "_USER or " + variables
                    + "_TOKEN another one; remove one of them");
        }
    }

    /** The fault of a URL that must not contain a login. */
    static String withoutLogin(SettingsSource source, String key, String variables) {
        return source.place(key) + " contains a login; remove it and set " + variables + "_USER and " + variables
                + "_PASSWORD";
    }

    /** @throws IllegalArgumentException with the rule */
    static void checkUrl(String sink, String text, List<String> schemes, String example) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && url.getPort() <= MAX_PORT && schemes.contains(url.getScheme())) {
                return;
            }
        } catch (URISyntaxException e) {
            // Reported below with the rule.
        }
        throw new IllegalArgumentException("SINKS names " + sink + ", so it must be a URL such as " + example);
    }

    private static boolean given(SettingsSource source, String variable) {
        return !source.environment().getOrDefault(variable, "").isEmpty();
    }
}
