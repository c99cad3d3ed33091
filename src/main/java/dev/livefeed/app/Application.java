package dev.livefeed.app;

import dev.livefeed.app.api.ApplicationState;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.ApplicationBody;
import dev.livefeed.app.api.response.RoutesBody;
import dev.livefeed.app.metrics.RouteMeters;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.route.LogReports;
import dev.livefeed.app.route.convert.EventValues;
import dev.livefeed.app.route.exec.ConnectorStop;
import dev.livefeed.app.route.http.DocsEndpoint;
import dev.livefeed.app.route.http.ServerTls;
import dev.livefeed.app.route.library.RunningJar;
import dev.livefeed.app.route.reload.CamelSetup;
import dev.livefeed.app.route.reload.LoadedRoutes;
import dev.livefeed.app.route.reload.RouteFileSet;
import dev.livefeed.app.route.reload.RouteFiles;
import dev.livefeed.app.route.reload.RouteReloader;
import dev.livefeed.app.route.reload.RouteTrial;
import dev.livefeed.app.route.reload.RouteWatch;
import dev.livefeed.app.route.reload.StartCheck;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SettingsException;
import dev.livefeed.app.settings.SourceSettings;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.logging.LogVenue;
import dev.livefeed.logging.StatusLine;
import dev.livefeed.logging.SuppressedLines;
import dev.livefeed.protocol.model.InstrumentId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the application: checks everything, then starts the local exchange where it is the source, then Camel.
 */
final class Application implements ApplicationState {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Settings settings;
    private final Properties properties;
    private final RouteFiles files;
    private final RouteTrial trial;
    private final long startedAt = System.nanoTime();
    private ExchangeServer exchange;
    private final RouteMeters routeMeters =
            new RouteMeters(() -> edits(RouteReloader::getReloadCounter), () -> edits(RouteReloader::getFailedCounter));
    private volatile RouteReloader reloader;
    private volatile ApplicationBeans running;
    /** Null without TLS. */
    private volatile ServerTls tls;

    private RouteFileSet loaded;
    private StartCheck verdict;
    /** The progress of the sources below the log, if that is on a terminal. */
    private Optional<StatusLine> statusLine = Optional.empty();
    /** The exit status that was decided while running; 0 if none was. */
    private final AtomicInteger status = new AtomicInteger();
    /** Reason for ending after the start, or null. */
    private StartException refusal;

    /** @throws SettingsException where the route files cannot even be looked for */
    Application(Settings settings) throws SettingsException {
        this.settings = settings;
        try {
            RouteFiles found =
                    RouteFiles.find(settings.text("routes.dir"), settings.workingDirectory(), RunningJar.path());
            files = found.withSinks(settings.sinks())
                    .withSources(settings.sources().stream()
                            .skip(1)
                            .map(SourceSettings::venue)
                            .toList());
            Set<String> known = settings.sinks().isEmpty() ? Set.of() : found.knownSinks();
            for (String sink : settings.sinks()) {
                if (!known.contains(sink)) {
                    throw new SettingsException(
                            List.of("SINKS names " + sink + ", for which there is no file routes/sinks/" + sink
                                    + RouteFiles.SUFFIX + "; known are " + String.join(", ", known)));
                }
            }
        } catch (IOException e) {
            throw new SettingsException(List.of("the route files cannot be read: " + e));
        }
        properties = CamelProperties.of(settings);
        trial = new RouteTrial(properties, registry -> new ApplicationBeans(
                        settings, source -> List.of("none"), Map.of(), ApplicationState.NONE)
                .bindForTrial(registry));
    }

    /**
     * Faults that prevent the start, one line each. The build has tried the routes of the jar, and settings have rules
     * of their own, so unchanged routes are tried again only together with Camel keys of the operator.
     */
    List<String> startFaults() {
        return routeFaults(CamelKeys.set(settings).isEmpty());
    }

    /** Faults of the Camel settings and the routes, one line each; empty if they can run. */
    List<String> routeFaults() {
        return routeFaults(false);
    }

    private List<String> routeFaults(boolean exceptPacked) {
        List<String> faults = CamelKeys.faults(settings);
        if (!faults.isEmpty()) {
            return faults;
        }
        try {
            loaded = files.read();
            verdict = exceptPacked && files.arePacked(loaded) ? StartCheck.untried() : trial.check(files, loaded);
        } catch (IOException e) {
            return List.of("the route files cannot be read: " + (e.getMessage() == null ? e : e.getMessage()));
        }
        List<String> unserved = unservedSources();
        return verdict.faults().isEmpty() ? unserved : verdict.faults();
    }

    /** A file of an earlier version has one connector route, and none for further sources. */
    private List<String> unservedSources() {
        return settings.sources().size() == 1 || loaded.holdsSourceTemplates()
                ? List.of()
                : List.of("DATA_SOURCE names several sources, and no file of " + files.place()
                        + " has the routeTemplates connector and connector-unavailable, from which the routes of each"
                        + " are made; take connector.camel.yaml from this version");
    }

    /** The steps that throw for a sample event, one line each; known once the faults are. */
    List<String> sampleFaults() {
        return verdict == null ? List.of() : verdict.sampleFaults();
    }

    /** Where the routes come from, for people. */
    String routesPlace() {
        return files.place();
    }

    /** Whether the HTTP port can be bound; tried before anything else is started. */
    boolean portFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.httpHost()), settings.httpPort()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs until SIGTERM or Ctrl-C; returns the exit status. To be called where there are no {@link #startFaults}.
     *
     * @throws StartException where Camel does not start, or not all routes do
     */
    int run() throws Exception {
        try (ShutdownHold hold = new ShutdownHold()) {
            return run(hold);
        }
    }

    private int run(ShutdownHold hold) throws Exception {
        try (TracingBeans tracing = TracingBeans.open(settings)) {
            return run(hold, tracing);
        }
    }

    private int run(ShutdownHold hold, TracingBeans tracing) throws Exception {
        LogVenue.show(settings.sources().size() > 1);
        Map<String, String> addresses = startExchange();
        ApplicationBeans graph = new ApplicationBeans(settings, this::command, addresses, this);
        graph.restore();
        running = graph;
        tls = serverTls();
        Main main = new Main();
        VertxInstance vertx = new VertxInstance(graph.httpConnections(), tls);
        HttpWatch httpWatch = new HttpWatch();
        CamelSetup.prepare(main, tracing.use(main, properties), graph::bindTo);
        main.bind("vertx", vertx.vertx());
        main.bind("httpServers", graph.httpServers());
        main.configure().addRoutesBuilder(graph.operationRoutes());
        main.setRoutesCollector(new LoadedRoutes(files, loaded));
        main.addMainListener(new Wiring(graph, vertx, httpWatch, hold));
        try {
            main.run();
            if (refusal != null) {
                throw refusal;
            }
            return status.get() == 0 ? main.getExitCode() : status.get();
        } catch (StartException e) {
            throw e;
        } catch (Exception e) {
            graph.supervisors().forEach(Supervisor::stop);
            throw StartException.of(vertx.failure() == null ? e : vertx.failure(), properties);
        } finally {
            statusLine.ifPresent(line -> line.show(""));
            httpWatch.close();
            vertx.close();
            graph.streamEndpoint().close();
            graph.strategies().broker().close();
            if (exchange != null) {
                exchange.close();
            }
        }
    }

    private ServerTls serverTls() throws StartException {
        if (!settings.httpTls()) {
            return null;
        }
        try {
            return new ServerTls(
                    new ServerTls.Files(
                            settings.httpCertificate(), settings.httpKey(), settings.httpClientCertificates()),
                    Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.CONFIGURATION, e.getMessage());
        }
    }

    private Map<String, String> startExchange() throws Exception {
        List<SourceSettings> simulated =
                settings.sources().stream().filter(SourceSettings::simulated).toList();
        if (simulated.isEmpty()) {
            return Map.of();
        }
        List<String> venues = simulated.stream()
                .map(source -> source.dataSource().connector())
                .toList();
        exchange = ExchangeServer.start(ExchangeConfig.builder()
                .port((int) settings.whole("simulator.port"))
                .venues(Venue.parse(String.join(",", venues)))
                .symbols(simulated.stream()
                        .flatMap(source -> source.instruments().configured().stream())
                        .map(InstrumentId::symbol)
                        .distinct()
                        .toList())
                .seed(settings.whole("simulator.seed"))
                .build());
        LOG.info("simulator_started url={}: its market is synthetic", exchange.streamUrl());
        Map<String, String> addresses = new TreeMap<>();
        for (String venue : venues) {
            String prefix = venue.toUpperCase(Locale.ROOT);
            addresses.put(prefix + "_WS_BASE_URL", exchange.streamUrl());
            addresses.put(prefix + "_REST_BASE_URL", exchange.restUrl());
            addresses.put(prefix + "_PROXY", "none");
        }
        return addresses;
    }

    private List<String> command(SourceSettings source) {
        return source.command().isEmpty()
                ? JvmCommand.connector(source.dataSource().connector(), settings.text("connector.java.options"))
                : source.command();
    }

    private long edits(ToLongFunction<RouteReloader> count) {
        RouteReloader running = reloader;
        return running == null ? 0 : count.applyAsLong(running);
    }

    @Override
    public ApplicationBody payload() {
        return new ApplicationBody(
                Version.text(),
                (System.nanoTime() - startedAt) / 1_000_000 / 1000.0,
                reloader == null ? new RoutesBody(files.place(), null) : reloader.state(),
                new ApplicationBody.Log(SuppressedLines.counts()));
    }

    @Override
    public List<String> alarms() {
        ApplicationBeans graph = running;
        return Stream.concat(
                        reloader == null ? Stream.empty() : reloader.alarms().stream(),
                        Stream.concat(
                                graph == null
                                        ? Stream.empty()
                                        : Stream.of(graph.clockAlarms(), graph.standbyAlarms(), graph.httpAlarms())
                                                .flatMap(List::stream),
                                tls == null ? Stream.empty() : tls.alarms().stream()))
                .toList();
    }

    @Override
    public RoutesBody restoreRoutes(String file) throws ApiException {
        return reloader == null ? ApplicationState.super.restoreRoutes(file) : reloader.restore(file);
    }

    /** Joins the parts to the Camel context at the moments when it is ready for each. */
    private final class Wiring extends MainListenerSupport {

        private final ApplicationBeans graph;
        private final VertxInstance vertx;
        private final HttpWatch httpWatch;
        private final ShutdownHold hold;

        private Wiring(ApplicationBeans graph, VertxInstance vertx, HttpWatch httpWatch, ShutdownHold hold) {
            this.graph = graph;
            this.vertx = vertx;
            this.httpWatch = httpWatch;
            this.hold = hold;
        }

        @Override
        public void beforeStart(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            hold.hold(context, main.configure());
            graph.bindRoutes(context);
            RouteWatch watch = graph.routeWatch(context);
            watch.start();
            EventValues.in(context);
            graph.strategies().broker().open();
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStarting(CamelContext starting) {
                    MeterRegistry registry = starting.getRegistry().findSingleByType(MeterRegistry.class);
                    if (registry != null) {
                        graph.bindMeters(registry);
                        routeMeters.bindTo(registry);
                    }
                }

                @Override
                public void onContextStopping(CamelContext stopping) {
                    watch.stopping();
                    graph.stream().stop();
                    graph.supervisors().forEach(Supervisor::stopForGood);
                    ConnectorStop.awaitExchanges(stopping, graph.supervisors());
                }

                @Override
                public void onContextStopped(CamelContext stopped) {
                    try {
                        for (Supervisor supervisor : graph.supervisors()) {
                            supervisor.awaitStopped();
                            supervisor.close();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    watch.stop();
                    graph.queueLog().end(Instant.now());
                    graph.closeSinks();
                    graph.save();
                }
            });
        }

        @Override
        public void afterStart(BaseMainSupport main) {
            try {
                started(main.getCamelContext(), (Main) main);
            } catch (Exception e) {
                refusal = e instanceof StartException known ? known : StartException.of(e, properties);
                ((Main) main).completed();
            }
        }

        /** Ends the program if a source has used up a round and that is the policy. */
        private void exitIfExhausted(Main main) {
            graph.exhausted().ifPresent(source -> {
                if (status.compareAndSet(0, ExitCode.TRY_AGAIN)) {
                    LOG.error(
                            "exhausted_exit status={} source={} reason=\"{}\": CONNECTOR_FALLBACK is exit",
                            ExitCode.TRY_AGAIN,
                            source.venue(),
                            source.supervisor().lastFailure());
                    main.completed();
                }
            });
        }

        private void started(CamelContext context, Main main) throws Exception {
            if (vertx.failure() != null) {
                throw StartException.of(vertx.failure(), properties);
            }
            vertx.started();
            Set<String> missing = new TreeSet<>(verdict.routeIds());
            missing.removeIf(id -> context.getRoute(id) != null);
            if (!missing.isEmpty()) {
                throw new StartException(
                        ExitCode.CONFIGURATION,
                        "routes of " + files.place() + " are not running: " + String.join(", ", missing)
                                + "; check for a precondition or a Camel setting that disables them");
            }
            graph.stream().start();
            graph.streamEndpoint().open(context, settings.httpPort());
            graph.dashboard().open(context, settings.httpPort());
            new DocsEndpoint().open(context, settings.httpPort());
            try {
                context.addService(new LogReports(context, reports(main)));
            } catch (Exception e) {
                LOG.warn(
                        "queue_reports_off reason=\"{}\": the log does not report full queues and failing sinks",
                        e.toString());
            }
            graph.httpServers().guardOthers(context);
            httpWatch.start(this::watchHttp);
            graph.httpConnections().report();
            if (settings.text("routes.reload").equals("true") && files.folder() != null) {
                reloader = new RouteReloader(context, files, trial, loaded, verdict, graph.routeOutcomes());
                context.addService(reloader);
            }
            LOG.info(
                    "started source={} symbols={} routes={} http={}://{}/ws/health",
                    settings.sourceName(),
                    settings.symbolNames(),
                    files.place(),
                    settings.httpTls() ? "https" : "http",
                    settings.httpAddress());
            reportSinks(graph.sinks());
            if (settings.httpOpen()) {
                LOG.warn(
                        "http_open host={} port={}: whoever reaches this port may read everything and trade "
                                + "on paper, since"
                                + " HTTP_OPEN is true and no login is set; let a proxy or a firewall decide who does",
                        settings.httpHost(),
                        settings.httpPort());
            }
        }

        private void watchHttp() {
            if (tls != null) {
                tls.reload();
            }
            graph.watchHttp();
        }

        private List<Runnable> reports(Main main) {
            graph.watchClock();
            List<Runnable> reports = new ArrayList<>(graph.logReports());
            if (settings.text("connector.fallback").equals("exit")) {
                reports.add(() -> exitIfExhausted(main));
            }
            statusLine = StatusLine.ofTerminal();
            statusLine.ifPresent(line -> reports.add(() -> line.show(graph.progress())));
            return reports;
        }

        private void reportSinks(SinkBuffers sinks) {
            if (!settings.sinks().isEmpty() && !sinks.fed()) {
                LOG.warn(
                        "sinks_without_events sinks={}: no route sends to buffer:sinks; take trades, depth and others "
                                + "from this version, or add the step - to: buffer:sinks",
                        String.join(",", settings.sinks()));
            }
            sinks.unused()
                    .forEach((name, events) -> LOG.warn(
                            "sink_backlog_unused sink={} events={}: they are delivered if SINKS names it again; else"
                                    + " delete its folder in SINK_DIR",
                            name,
                            events));
        }
    }
}
