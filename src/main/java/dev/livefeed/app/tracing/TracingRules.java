package dev.livefeed.app.tracing;

import dev.livefeed.naming.OneLine;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Rules for tracing. The library reads further variables of OpenTelemetry; those that it would misread are checked. */
public final class TracingRules {

    /** Variables that may be set in the environment only. */
    public static final Set<String> SECRETS = Set.of("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS");

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String OF_TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final String URL_RULE = "it must be a URL such as http://localhost:4318";
    private static final String NO_LOGIN =
            " is a URL with a login; it must not contain a login: set OTEL_EXPORTER_OTLP_HEADERS";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SHOWN = 80;
    private static final String HEADER = "\\s*[\\w.-]+\\s*=[!-+\\--~]*\\s*";
    private static final Pattern HEADERS = Pattern.compile(HEADER + "(," + HEADER + ")*");
    private static final Pattern LOGIN = Pattern.compile("^[^/?#]*//[^/?#]*@");
    private static final List<String> SAMPLERS = List.of(
            "parentbased_traceidratio",
            "traceidratio",
            "parentbased_always_on",
            "always_on",
            "parentbased_always_off",
            "always_off");

    private final UnaryOperator<String> text;
    private final Map<String, String> environment;
    private final BiConsumer<String, String> fault;
    private final Consumer<String> line;

    private TracingRules(
            UnaryOperator<String> text,
            Map<String, String> environment,
            BiConsumer<String, String> fault,
            Consumer<String> line) {
        this.text = text;
        this.environment = environment;
        this.fault = fault;
        this.line = line;
    }

    /**
     * Checks the settings.
     *
     * @param text the value of a key
     * @param fault takes a key with the rule that its value violates
     * @param line takes a fault that is a line of its own
     */
    public static void check(
            UnaryOperator<String> text,
            Map<String, String> environment,
            BiConsumer<String, String> fault,
            Consumer<String> line) {
        new TracingRules(text, environment, fault, line).check();
    }

    private void check() {
        oneOf("tracing", List.of("off", "opentelemetry"));
        if (!text.apply("tracing").equals("opentelemetry")) {
            return;
        }
        if (!TracingLibrary.isInstalled()) {
            fault.accept(
                    "tracing",
                    "the libraries of OpenTelemetry are not installed; "
                            + "java -jar bybit-live-connector.jar add opentelemetry installs them for the next start");
        }
        checkEndpoints();
        if (text.apply("otel.service.name").isEmpty()) {
            fault.accept("otel.service.name", "it must be the name of this program among the services of the traces");
        }
        oneOf("otel.traces.sampler", SAMPLERS);
        if (text.apply("otel.traces.sampler").endsWith("traceidratio")
                && !isShare(text.apply("otel.traces.sampler.arg"))) {
            fault.accept("otel.traces.sampler.arg", "it must be a number from 0 to 1");
        }
        only("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        only("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf");
        only("OTEL_TRACES_EXPORTER", "otlp");
        if (variable(DISABLED).equalsIgnoreCase("true")) {
            line.accept(DISABLED + " is \"" + variable(DISABLED)
                    + "\"; it must be false with TRACING=opentelemetry, or nothing is traced");
        }
        for (String variable : new TreeSet<>(SECRETS)) {
            if (!variable(variable).isEmpty()
                    && !HEADERS.matcher(variable(variable)).matches()) {
                line.accept(variable + " is not a list of headers: it must be NAME=VALUE, several separated by commas,"
                        + " with values as in a URL (%20 for a space)");
            }
        }
    }

    private void checkEndpoints() {
        if (LOGIN.matcher(text.apply(ENDPOINT)).find()) {
            line.accept("OTEL_EXPORTER_OTLP_ENDPOINT" + NO_LOGIN);
        } else if (!isUrl(text.apply(ENDPOINT))) {
            fault.accept(ENDPOINT, URL_RULE);
        } else if (text.apply(ENDPOINT).matches(".*/v1/traces/*")) {
            fault.accept(ENDPOINT, "it must not end in /v1/traces, which is appended to it");
        }
        String traces = variable(OF_TRACES);
        if (LOGIN.matcher(traces).find()) {
            line.accept(OF_TRACES + NO_LOGIN);
        } else if (!traces.isEmpty() && !isUrl(traces)) {
            line.accept(OF_TRACES + " is \"" + shown(traces) + "\"; " + URL_RULE + "/v1/traces");
        }
    }

    private void oneOf(String key, List<String> allowed) {
        if (!allowed.contains(text.apply(key))) {
            fault.accept(key, "it must be one of " + String.join(", ", allowed));
        }
    }

    private void only(String variable, String value) {
        String given = variable(variable);
        if (!given.isEmpty() && !given.equals(value)) {
            line.accept(variable + " is \"" + shown(given) + "\"; only " + value + " is supported");
        }
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private static boolean isUrl(String value) {
        try {
            URI url = new URI(value);
            return url.getHost() != null
                    && url.getPort() <= MAX_PORT
                    && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isShare(String value) {
        try {
            BigDecimal share = new BigDecimal(value);
            return share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String shown(String value) {
        String oneLine = OneLine.of(value);
        return oneLine.length() <= MAX_SHOWN ? oneLine : oneLine.substring(0, MAX_SHOWN) + "…";
    }
}
