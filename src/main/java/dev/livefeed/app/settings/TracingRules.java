package dev.livefeed.app.settings;

import dev.livefeed.app.tracing.TracingLibrary;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules for tracing. The library reads further variables of OpenTelemetry; those that it would misread are checked. */
final class TracingRules {

    /** Variables that may be set in the environment only. */
    static final Set<String> SECRETS = Set.of("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS");

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String OF_TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String URL_RULE = "it must be a URL such as http://localhost:4318";
    private static final String HEADER = "\\s*[\\w.-]+\\s*=[!-+\\--~]*\\s*";
    private static final Pattern HEADERS = Pattern.compile(HEADER + "(," + HEADER + ")*");
    private static final Pattern LOGIN = Pattern.compile("^[^/?#]*//[^/?#]*@");

    private TracingRules() {}

    static void check(SettingsSource source, SettingChecks checks) {
        checks.oneOf("tracing", "off", "opentelemetry");
        if (!source.text("tracing").equals("opentelemetry")) {
            return;
        }
        if (!TracingLibrary.isInstalled()) {
            checks.fault(
                    "tracing",
                    "the libraries of OpenTelemetry are not installed; "
                            + "java -jar bybit-live-connector.jar add opentelemetry installs them for the next start");
        }
        checkEndpoints(source, checks);
        if (source.text("otel.service.name").isEmpty()) {
            checks.fault("otel.service.name", "it must be the name of this program among the services of the traces");
        }
        checks.oneOf(
                "otel.traces.sampler",
                "parentbased_traceidratio",
                "traceidratio",
                "parentbased_always_on",
                "always_on",
                "parentbased_always_off",
                "always_off");
        if (source.text("otel.traces.sampler").endsWith("traceidratio")) {
            checks.decimal("otel.traces.sampler.arg", 0, 1);
        }
        only(source, checks, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        only(source, checks, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf");
        only(source, checks, "OTEL_TRACES_EXPORTER", "otlp");
        for (String variable : new TreeSet<>(SECRETS)) {
            String value = value(source, variable);
            if (!value.isEmpty() && !HEADERS.matcher(value).matches()) {
                checks.line(variable + " is not a list of headers: it must be NAME=VALUE, several separated by commas,"
                        + " with values as in a URL (%20 for a space)");
            }
        }
    }

    private static void checkEndpoints(SettingsSource source, SettingChecks checks) {
        if (LOGIN.matcher(source.text(ENDPOINT)).find()) {
            checks.line(withoutLogin(source.place(ENDPOINT)));
        } else {
            checks.parsed(ENDPOINT, text -> {
                if (!isUrl(text)) {
                    throw new IllegalArgumentException(URL_RULE);
                }
            });
        }
        String traces = value(source, OF_TRACES);
        if (LOGIN.matcher(traces).find()) {
            checks.line(withoutLogin(OF_TRACES));
        } else if (!traces.isEmpty() && !isUrl(traces)) {
            checks.line(OF_TRACES + " is \"" + SettingChecks.shown(traces) + "\"; " + URL_RULE + "/v1/traces");
        }
    }

    private static String withoutLogin(String place) {
        return place + " contains a login; remove it and set OTEL_EXPORTER_OTLP_HEADERS";
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() != null
                    && url.getPort() <= SinkLogins.MAX_PORT
                    && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void only(SettingsSource source, SettingChecks checks, String variable, String value) {
        String given = value(source, variable);
        if (!given.isEmpty() && !given.equals(value)) {
            checks.line(variable + " is \"" + SettingChecks.shown(given) + "\"; only " + value + " is supported");
        }
    }

    private static String value(SettingsSource source, String variable) {
        return source.environment().getOrDefault(variable, "").strip();
    }
}
