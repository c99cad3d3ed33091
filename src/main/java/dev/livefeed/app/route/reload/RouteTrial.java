package dev.livefeed.app.route.reload;

import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.contract.Operation;
import dev.livefeed.app.route.sample.SampleRun;
import dev.livefeed.protocol.model.InstrumentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;

/**
 * Loads route files in a disposable context in which nothing starts. Whatever fails here would fail in the running
 * context: syntax errors, unknown steps, components, options, beans and settings, and files that do not fit together.
 */
public final class RouteTrial {

    private static final Pattern PLATFORM_HTTP = Pattern.compile("platform-http:([^?]*)(?:\\?(.*))?");
    /** Health and metrics. */
    private static final String CAMELS_PATHS = "/observe/";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SAMPLED_INSTRUMENTS = 10;

    private final Properties properties;
    private final Consumer<BiConsumer<String, Object>> beans;
    private final BoundedCall calls;
    /** The file being loaded, reported if it takes too long. */
    private volatile String current;

    /**
     * @param properties all settings, for placeholders and for Camel itself
     * @param beans binds a separate set of beans
     */
    public RouteTrial(Properties properties, Consumer<BiConsumer<String, Object>> beans) {
        this(properties, beans, LIMIT);
    }

    /** @param limit maximum time of a trial; exceeding it is a fault */
    RouteTrial(Properties properties, Consumer<BiConsumer<String, Object>> beans, Duration limit) {
        this.properties = properties;
        this.beans = beans;
        calls = new BoundedCall("route-trial", limit);
    }

    /** Tries the files at startup. */
    public StartCheck check(RouteFiles files, RouteFileSet set) {
        return new StartCheck(
                set.unreadable().values(),
                tryFiles(files, set.contents(), set.contents().keySet(), Map.of(), null));
    }

    /**
     * Tries a set of files.
     *
     * @param changed files that differ from the running ones: if files do not fit together, one of these is at fault
     * @param before routes of the running versions of the changed files; files that do not run are absent
     * @param running the registry of the running context, or null at startup
     */
    TrialResult tryFiles(
            RouteFiles files,
            Map<String, byte[]> contents,
            Set<String> changed,
            Map<String, FileRoutes> before,
            Registry running) {
        current = null;
        try {
            return calls.run(() -> load(files, contents, changed, before, running));
        } catch (TimeoutException e) {
            return refused(RouteFault.slow(current, e.getMessage()));
        } catch (RejectedExecutionException e) {
            return refused(RouteFault.passing(e.getMessage()));
        } catch (ExecutionException e) {
            return refused(RouteFault.passing(oneLine(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(RouteFault.passing("the trial was interrupted"));
        }
    }

    /** Whether an abandoned trial is still running. */
    boolean hangs() {
        return calls.hangs();
    }

    private static TrialResult refused(RouteFault fault) {
        return new TrialResult(List.of(fault), List.of(), List.of(), Map.of());
    }

    private TrialResult load(
            RouteFiles files,
            Map<String, byte[]> contents,
            Set<String> changed,
            Map<String, FileRoutes> before,
            Registry running) {
        List<RouteFault> own = new ArrayList<>();
        // Running files first, so that additions can be attributed to the changed files.
        Set<String> order = new LinkedHashSet<>(contents.keySet());
        order.removeAll(changed);
        contents.keySet().stream().filter(changed::contains).forEach(order::add);
        try (TrialCamel camel = new TrialCamel(properties, beans, running)) {
            DefaultCamelContext context = camel.started();
            SampleRun samples = new SampleRun();
            samples.observe(context);
            Map<String, RouteFileBuilder> builders = new LinkedHashMap<>();
            Map<String, RouteFileParts> parts = new LinkedHashMap<>();
            for (String name : order) {
                current = name;
                RouteFault limit = RouteFileLimits.fault(name, contents.get(name));
                if (limit != null) {
                    own.add(limit);
                } else {
                    parts.put(name, RouteFileParts.of(contents.get(name)));
                    parse(context, files, name, contents.get(name), builders, own);
                }
            }
            Map<String, String> firstUsers = new HashMap<>();
            RouteWiring wiring = new RouteWiring(changed, before, firstUsers, operations(context));
            builders.forEach((name, builder) -> {
                current = name;
                add(context, name, builder, own);
                noteUsers(context, name, firstUsers);
                wiring.add(name, context.getRouteDefinitions());
            });
            TemplateTrial templates = new TemplateTrial(context, wiring, parts, changed, own);
            builders.forEach((name, builder) -> {
                current = name;
                templates.add(name, builder);
                noteUsers(context, name, firstUsers);
            });
            current = null;
            List<RouteFault> joint = own.isEmpty() ? wiring.faults(context) : List.of();
            return new TrialResult(
                    own,
                    joint,
                    own.isEmpty() && joint.isEmpty() ? sampled(context, samples, changed) : List.of(),
                    own.isEmpty() ? wiring.routes(parts) : Map.of());
        } catch (Throwable e) {
            own.add(
                    current == null
                            ? RouteFault.passing("Camel cannot be set up: " + CamelFailure.reason(e, properties))
                            : RouteFault.of(current, oneLine(e)));
            return new TrialResult(own, List.of(), List.of(), Map.of());
        }
    }

    /** Steps of changed files that throw for a sample; a file that runs with such a step keeps running. */
    private List<RouteFault> sampled(DefaultCamelContext context, SampleRun samples, Set<String> changed) {
        List<InstrumentId> configured = Stream.of(
                        properties.getProperty("symbol", "").split(","))
                .map(symbol -> InstrumentId.read(symbol.strip()))
                .flatMap(Optional::stream)
                .limit(SAMPLED_INSTRUMENTS)
                .toList();
        List<InstrumentId> sampled =
                configured.isEmpty() ? List.of(InstrumentId.of("sample", "linear", "BTCUSDT")) : configured;
        return samples.send(context, sampled).stream()
                .filter(fault -> fault.file() != null && changed.contains(fault.file()))
                .map(fault ->
                        new RouteFault(fault.file(), fault.line(), FaultLocator.shown(fault.step()), fault.reason()))
                .toList();
    }

    private static void noteUsers(DefaultCamelContext context, String name, Map<String, String> firstUsers) {
        for (Endpoint endpoint : context.getEndpoints()) {
            firstUsers.putIfAbsent(RouteWiring.plain(endpoint.getEndpointUri()), name);
        }
    }

    private static void parse(
            DefaultCamelContext context,
            RouteFiles files,
            String name,
            byte[] content,
            Map<String, RouteFileBuilder> builders,
            List<RouteFault> faults) {
        try {
            for (RouteFileBuilder found : RouteFileBuilder.read(context, List.of(files.resource(name, content)))) {
                found.addRouteConfigurationsToCamelContext(context);
                builders.put(name, found);
            }
        } catch (Throwable e) {
            faults.add(FaultLocator.in(name, List.of(), e, context.getRegistry()));
        }
    }

    private static void add(
            DefaultCamelContext context, String name, RouteFileBuilder builder, List<RouteFault> faults) {
        RouteFault fault = null;
        try {
            builder.addRoutesToCamelContext(context);
        } catch (Throwable e) {
            String route = FaultLocator.routeId(e);
            fault = FaultLocator.in(name, builder.routes(), e, context.getRegistry());
            fault = route == null ? fault : fault.ofRoute(route);
        }
        RouteFault earlier = servesOperation(context, name, builder);
        if (earlier != null || fault != null) {
            faults.add(earlier == null ? fault : earlier);
        }
    }

    /**
     * The fault of a file that serves an operation of the contract by a platform-http route, as earlier versions did.
     */
    private static RouteFault servesOperation(DefaultCamelContext context, String name, RouteFileBuilder builder) {
        OpenApi contract = context.getRegistry().findSingleByType(OpenApi.class);
        if (contract == null) {
            return null;
        }
        for (RouteDefinition route : builder.routes()) {
            String input = route.getInput() == null ? "" : route.getInput().getEndpointUri();
            Matcher http = PLATFORM_HTTP.matcher(input);
            if (http.matches()) {
                String path = ('/' + http.group(1)).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
                String what = "route " + route.getRouteId() + " is from platform-http:" + http.group(1) + ", which is ";
                Integer line =
                        route.getInput().getLineNumber() > 0 ? route.getInput().getLineNumber() : null;
                String step = "route " + route.getRouteId();
                for (Operation operation : contract.operations()) {
                    if (operation.path().equals(path) && restricts(http.group(2), operation.method())) {
                        String served = what + "now served by the route from " + operation.endpoint();
                        return new RouteFault(
                                name, line, step, UnknownName.earlier(name, served, "choose another path"));
                    }
                }
                if (path.startsWith(CAMELS_PATHS)
                        || contract.servedWithoutRoute().contains(path)) {
                    return new RouteFault(
                            name, line, step, what + "served by the program without a route; choose another path");
                }
            }
        }
        return null;
    }

    /** Whether the options of a platform-http endpoint include the method. */
    private static boolean restricts(String options, String method) {
        Matcher restrict = Pattern.compile("httpMethodRestrict=([^&]*)").matcher(options == null ? "" : options);
        return !restrict.find()
                || List.of(restrict.group(1).toUpperCase(Locale.ROOT).split("%2C|,"))
                        .contains(method);
    }

    /** Endpoints of the HTTP operations; empty without an HTTP interface. */
    private static List<String> operations(DefaultCamelContext context) {
        OpenApi contract = context.getRegistry().findSingleByType(OpenApi.class);
        return contract == null
                ? List.of()
                : contract.operations().stream().map(Operation::endpoint).toList();
    }

    /** Whether the route was loaded from the named file. */
    static boolean from(RouteDefinition route, String name) {
        return route.getResource() != null
                && RouteFiles.name(route.getResource().getLocation()).equals(name);
    }

    /** The root cause, on one line. */
    public static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof ClassNotFoundException) {
            return "class " + cause.getMessage() + " is not on the class path";
        }
        return line(cause.getMessage() == null || cause instanceof Error ? cause.toString() : cause.getMessage());
    }

    /** The text on one line, shortened. */
    static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 400 ? line : line.substring(0, 400) + "…";
    }
}
