package dev.livefeed.app;

import dev.livefeed.exchange.ExchangeConfig;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.route.DecimalConverters;
import dev.livefeed.route.RouteFiles;
import dev.livefeed.route.RouteReloader;
import dev.livefeed.route.RouteTrial;
import dev.livefeed.settings.Settings;
import dev.livefeed.settings.SettingsException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the application: checks everything, then starts the local exchange where it is the source, then Camel. */
final class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Settings settings;
    private final RouteFiles files;
    private final RouteTrial trial;
    private final long startedAt = System.nanoTime();
    private ExchangeServer exchange;
    private RouteReloader reloader;

    /** @throws SettingsException where the route files cannot even be looked for */
    Application(Settings settings) throws SettingsException {
        this.settings = settings;
        try {
            files = RouteFiles.find(settings.text("routes.dir"), settings.workingDirectory(), OwnJvm.jar());
        } catch (IOException e) {
            throw new SettingsException(List.of("the route files cannot be read: " + e));
        }
        trial = new RouteTrial(
                settings.properties(),
                registry -> new Graph(settings, List.of("none"), Map.of(), Map::of).bindTo(registry));
    }

    /** What keeps the routes from running, one line each; empty where nothing does. */
    List<String> routeFaults() {
        return trial.faults(files);
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

    /** Runs until SIGTERM or Ctrl-C; returns the exit status. */
    int run() throws Exception {
        Map<String, String> addresses = startExchange();
        Graph graph = new Graph(settings, command(), addresses, this::describe);
        graph.restore();
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        Properties properties = settings.properties();
        main.setOverrideProperties(properties);
        main.configure().withBasePackageScanEnabled(false);
        main.configure().withRoutesIncludePattern(files.pattern());
        graph.bindTo(main::bind);
        main.addMainListener(new Wiring(graph));
        try {
            main.run();
            return main.getExitCode();
        } finally {
            graph.strategies().broker().close();
            if (exchange != null) {
                exchange.close();
            }
        }
    }

    private Map<String, String> startExchange() throws Exception {
        if (!settings.simulated()) {
            return Map.of();
        }
        exchange = ExchangeServer.start(ExchangeConfig.builder()
                .port((int) settings.whole("simulator.port"))
                .symbols(settings.symbols())
                .seed(settings.whole("simulator.seed"))
                .build());
        LOG.info("simulator_started url={}: its market is synthetic", exchange.streamUrl());
        return Map.of("BYBIT_WS_BASE_URL", exchange.streamUrl(), "BYBIT_REST_BASE_URL", exchange.restUrl());
    }

    private List<String> command() {
        return settings.command().isEmpty()
                ? OwnJvm.connector(settings.dataSource().connector(), settings.text("connector.java.options"))
                : settings.command();
    }

    private Map<String, Object> describe() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("version", Version.text());
        state.put("uptime_seconds", (System.nanoTime() - startedAt) / 1_000_000 / 1000.0);
        state.put("routes", reloader == null ? Map.of("from", files.place()) : reloader.state());
        return state;
    }

    /** Joins the parts to the Camel context at the moments when it is ready for each. */
    private final class Wiring extends MainListenerSupport {

        private final Graph graph;

        private Wiring(Graph graph) {
            this.graph = graph;
        }

        @Override
        public void beforeInitialize(BaseMainSupport main) {
            // The settings have taken the environment into account already; for other placeholders it may still be
            // asked.
            ((PropertiesComponent) main.getCamelContext().getPropertiesComponent())
                    .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        }

        @Override
        public void beforeStart(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            graph.feedRoutes().bind(context);
            DecimalConverters.in(context);
            graph.strategies().broker().open();
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStarting(CamelContext starting) {
                    MeterRegistry registry = starting.getRegistry().findSingleByType(MeterRegistry.class);
                    if (registry != null) {
                        graph.bindMeters(registry);
                    }
                }

                @Override
                public void onContextStopping(CamelContext stopping) {
                    graph.stream().stop();
                    graph.supervisor().stop();
                }

                @Override
                public void onContextStopped(CamelContext stopped) {
                    try {
                        graph.supervisor().awaitStopped();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    graph.save();
                }
            });
        }

        @Override
        public void afterStart(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            graph.stream().start();
            graph.streamDoor().open(context, settings.httpPort());
            graph.httpServers().guardOthers(context);
            if (settings.text("routes.reload").equals("true") && files.folder() != null) {
                reloader = new RouteReloader(context, files, trial);
                try {
                    context.addService(reloader);
                } catch (Exception e) {
                    LOG.warn("edits of the routes are not taken over: {}", e.toString());
                }
            }
            LOG.info(
                    "started source={} symbols={} routes={} http=http://{}:{}/ws/health",
                    settings.sourceName(),
                    settings.symbols(),
                    files.place(),
                    settings.httpHost(),
                    settings.httpPort());
            if (settings.httpOpen()) {
                LOG.warn(
                        "http_open host={} port={}: whoever reaches this port may read everything and trade on paper, since"
                                + " HTTP_OPEN is true and no login is set; let a proxy or a firewall decide who does",
                        settings.httpHost(),
                        settings.httpPort());
            }
        }
    }
}
