package dev.livefeed.app;

import dev.livefeed.app.api.ApplicationState;
import dev.livefeed.app.api.BackfillApi;
import dev.livefeed.app.api.ConnectorsPayload;
import dev.livefeed.app.api.ContextApi;
import dev.livefeed.app.api.HealthPayload;
import dev.livefeed.app.api.HistoryApi;
import dev.livefeed.app.api.IndexApi;
import dev.livefeed.app.api.InstrumentParameter;
import dev.livefeed.app.api.MarketApi;
import dev.livefeed.app.api.MarketPayload;
import dev.livefeed.app.api.OutputsPayload;
import dev.livefeed.app.api.Probes;
import dev.livefeed.app.api.RatesApi;
import dev.livefeed.app.api.RecordingApi;
import dev.livefeed.app.api.ReplayApi;
import dev.livefeed.app.api.RoutesApi;
import dev.livefeed.app.api.access.AccessRule;
import dev.livefeed.app.api.access.HostRule;
import dev.livefeed.app.api.access.OriginRule;
import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.contract.StreamSchema;
import dev.livefeed.app.api.control.LogLevelsApi;
import dev.livefeed.app.api.control.SourceControl;
import dev.livefeed.app.api.control.SourcesApi;
import dev.livefeed.app.api.response.IndexResponse;
import dev.livefeed.app.api.state.PastCandleStates;
import dev.livefeed.app.api.state.RouteCount;
import dev.livefeed.app.backfill.ChartBackfill;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.FeedSnapshots;
import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.app.feed.LocalClock;
import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.health.LimitWatch;
import dev.livefeed.app.health.QueueHealth;
import dev.livefeed.app.health.SeveralFeeds;
import dev.livefeed.app.health.StateHealth;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.login.HttpLogin;
import dev.livefeed.app.login.TokenStore;
import dev.livefeed.app.market.ContextRules;
import dev.livefeed.app.market.ContextStore;
import dev.livefeed.app.market.DayWindow;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.MarketListener;
import dev.livefeed.app.market.Sessions;
import dev.livefeed.app.metrics.ClockMeters;
import dev.livefeed.app.metrics.LateTradeMeters;
import dev.livefeed.app.metrics.LimitMeters;
import dev.livefeed.app.metrics.LogMeters;
import dev.livefeed.app.metrics.ProcessMeters;
import dev.livefeed.app.metrics.QueueMeters;
import dev.livefeed.app.metrics.SinkMeters;
import dev.livefeed.app.metrics.SourceUsedMeters;
import dev.livefeed.app.metrics.StateMeters;
import dev.livefeed.app.metrics.StrategyMeters;
import dev.livefeed.app.metrics.StreamMeters;
import dev.livefeed.app.paper.PaperAccount;
import dev.livefeed.app.process.LineTurn;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.process.standby.StandbySource;
import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueLog;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.EarlierStatusRoute;
import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.RouteList;
import dev.livefeed.app.route.bean.EventBeanProcessorFactory;
import dev.livefeed.app.route.exec.ConnectorBinding;
import dev.livefeed.app.route.exec.ConnectorCommands;
import dev.livefeed.app.route.exec.ConnectorExecComponent;
import dev.livefeed.app.route.health.FeedHealthCheck;
import dev.livefeed.app.route.health.ReaderHealthCheck;
import dev.livefeed.app.route.health.StateHealthCheck;
import dev.livefeed.app.route.http.AccessGuard;
import dev.livefeed.app.route.http.CustomRouteErrors;
import dev.livefeed.app.route.http.DashboardEndpoint;
import dev.livefeed.app.route.http.GuardedHttpServers;
import dev.livefeed.app.route.http.HttpConnections;
import dev.livefeed.app.route.http.LoginGuard;
import dev.livefeed.app.route.http.OperationRoutes;
import dev.livefeed.app.route.http.stream.StreamEndpoint;
import dev.livefeed.app.route.outcome.RouteCounts;
import dev.livefeed.app.route.outcome.RouteOutcomes;
import dev.livefeed.app.route.queue.QueueComponent;
import dev.livefeed.app.route.reload.RecordsEvents;
import dev.livefeed.app.route.reload.RouteWatch;
import dev.livefeed.app.route.sink.BufferComponent;
import dev.livefeed.app.route.source.PerVenue;
import dev.livefeed.app.route.source.SourceCommands;
import dev.livefeed.app.route.source.SourceHistory;
import dev.livefeed.app.route.source.SourceLog;
import dev.livefeed.app.route.source.SourceReaders;
import dev.livefeed.app.route.source.SourceRecorders;
import dev.livefeed.app.route.source.SourceSubscriptions;
import dev.livefeed.app.route.source.SourceTimeChecks;
import dev.livefeed.app.route.timer.MonotonicTimerComponent;
import dev.livefeed.app.settings.ReadyPolicy;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SourceSettings;
import dev.livefeed.app.settings.WantedChanges;
import dev.livefeed.app.sink.ClientSettings;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.LibrarySink;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.SinkLibrary;
import dev.livefeed.app.sink.SinkLog;
import dev.livefeed.app.sink.SinkTypes;
import dev.livefeed.app.sink.file.SinkFiles;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.app.stream.MarketSource;
import dev.livefeed.app.stream.StreamHub;
import dev.livefeed.app.stream.StreamLimits;
import dev.livefeed.app.stream.StreamStates;
import dev.livefeed.logging.LogVenue;
import dev.livefeed.logging.RunningLogLevels;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.BeanProcessorFactory;
import org.apache.camel.support.PluginHelper;

/** All parts of a run, made from the settings and joined; nothing is started by making them. */
final class ApplicationBeans {

    private static final long LATENESS_MICROS = 2_000_000;

    private final Settings settings;
    private final LongSupplier millis = () -> System.nanoTime() / 1_000_000;
    private final LocalClock clock = new LocalClock();
    private final List<SourceBeans> sources;
    private final AllFeeds feeds;
    /** Null unless the second source is the standby of the first. */
    private final StandbySource standby;

    private final Market market;
    private final ContextStore contextStore;
    private final MarketHistory history;
    private final Strategies strategies;
    private final StrategyMeters strategyMeters;
    private final LateTradeMeters lateTradeMeters;
    private final InstrumentRelease release;
    private EventDataFormat complete;
    private final StateMeters stateMeters;
    private final StreamHub stream;
    private final StreamEndpoint streamEndpoint;
    private final BoundedQueues<Exchange> queues = new BoundedQueues<>(QueueComponent::subject);
    private final LimitWatch limitWatch;
    private final QueueLog queueLog;
    private final SinkBuffers sinks;
    private final SinkLog sinkLog;
    private final List<Runnable> logReports;
    private final RouteCounts routeCounts = new RouteCounts();
    private final ConnectorsPayload connectors;
    private final HealthPayload health;
    /** The context whose routes are counted, once there is one. */
    private volatile CamelContext context;

    private final DashboardEndpoint dashboard = new DashboardEndpoint();
    private final TokenStore tokens;
    private final HttpLogin login;
    private final LoginGuard loginGuard;
    private final HttpConnections httpConnections;
    private final GuardedHttpServers httpServers;
    private final OpenApi contract = new OpenApi(Version.text());
    private final Map<String, Object> beans = new LinkedHashMap<>();

    /**
     * @param command the command line of the connector of a source
     * @param addresses hosts of the local exchange as settings, empty where there is none
     * @param application what health shows of the application
     */
    ApplicationBeans(
            Settings settings,
            Function<SourceSettings, List<String>> command,
            Map<String, String> addresses,
            ApplicationState application) {
        this.settings = settings;
        Secrets secrets = Secrets.of(settings.environment(), settings.outerSettings());
        LateTrades lateTrades = new LateTrades();
        DeadLetters deadLetters = new DeadLetters(secrets::redact);
        queueLog = new QueueLog(queues, secrets::redact);
        sinks = new SinkBuffers(
                settings.workingDirectory().resolve(settings.text("sink.dir")).toAbsolutePath(),
                DiskLimits.ofMegabytes(settings.whole("sink.buffer.mb"), settings.whole("sink.disk.reserve.mb")));
        sinkLog = new SinkLog(sinks, secrets::redact);
        market = new Market(millis, contextRules(), settings.instruments());
        contextStore = new ContextStore(
                market,
                settings.keepsState()
                        ? settings.stateFolder().resolve("context").resolve(settings.stateName())
                        : null,
                StrategyBeans.earlierFolders(settings, "context"),
                settings.instruments().severalVenues());
        history = new MarketHistory(
                this::candleMicros, settings.text("block.trades").equals("ignore"));
        boolean several = settings.sources().size() > 1;
        RunningLogLevels logLevels = new RunningLogLevels(Logging.levels(settings));
        SourceBeans.Shared shared = new SourceBeans.Shared(
                millis, secrets, market, history, lateTrades, deadLetters, several ? new LineTurn() : null, clock);
        sources = settings.sources().stream()
                .map(source -> new SourceBeans(
                        source,
                        settings,
                        shared,
                        addresses,
                        source.equals(settings.sources().get(0)),
                        () -> logLevels.now().connector()))
                .toList();
        SourceBeans first = sources.get(0);
        sources.forEach(one -> one.blocked().beside(() -> blockedBeside(one)));
        standby = settings.text("connector.fallback").equals("switch")
                ? new StandbySource(
                        first.side(), sources.get(1).side(), settings.duration("connector.fallback.stable"), millis)
                : null;
        feeds = several
                ? new SeveralFeeds(
                        ReadyPolicy.parse(settings.text("ready.when")), byVenue(SourceBeans::health), standby)
                : first.health();
        market.onResync((instrument, levels) -> of(instrument.venue()).resync(instrument, levels));
        StrategyBeans strategyGraph = new StrategyBeans(settings, market, snapshots(), first::exchangeMicros);
        strategies = strategyGraph.strategies();
        strategyMeters = new StrategyMeters(strategies);
        logReports = List.of(
                this::watchClock,
                this::reportQueues,
                this::reportSinks,
                () -> sources.forEach(
                        one -> LogVenue.in(one.venue(), one.statusLog()::report).run()),
                this::reportLimits,
                () -> sources.forEach(
                        one -> LogVenue.in(one.venue(), one.health()::watch).run()),
                () -> {
                    if (standby != null) {
                        standby.check();
                    }
                });
        StateHealth state = new StateHealth(contextStore, strategies.broker());
        stateMeters = new StateMeters(state);
        lateTradeMeters = new LateTradeMeters(lateTrades, settings.instruments().configured());
        release = new InstrumentRelease(
                settings.instruments(),
                strategies.broker()::uses,
                instrument -> (of(instrument.venue()).has(instrument)
                                || lateTrades.has(instrument)
                                || market.has(instrument)
                                || history.has(instrument)
                                || strategies.has(instrument))
                        && !of(instrument.venue()).subscriptions().wants(instrument),
                List.of(
                        market::release,
                        history::release,
                        strategies::release,
                        instrument -> of(instrument.venue()).release(instrument),
                        lateTrades::release),
                contextStore::release,
                millis);
        InstrumentParameter parameter =
                new InstrumentParameter(settings.instruments(), market, instrument -> feeds.reasons(instrument).stream()
                        .map(secrets::redact)
                        .toList());
        // A replay is the only source.
        ReplayApi replayApi = new ReplayApi(settings.text("data.source"), first.replayed(), secrets::redact);
        stream = stream(
                new MarketSource(market, strategies, feeds, settings.instruments()),
                StreamBeans.states(
                        settings,
                        new StreamBeans.Parts(
                                sources,
                                feeds,
                                market,
                                deadLetters,
                                strategyGraph.paperApi(parameter),
                                strategyGraph.strategyApi(feeds::synthetic, parameter),
                                application,
                                secrets),
                        replayApi,
                        new PastCandleStates(history, strategies, feeds::synthetic, this::charts),
                        this::health,
                        this::routes),
                secrets);
        httpConnections = new HttpConnections(
                (int) settings.whole("http.connections"),
                (int) settings.whole("http.client.connections"),
                settings.duration("http.idle"),
                settings.duration("http.request.timeout"));
        limitWatch = limitWatch(lateTrades);
        first.health().watch(limitWatch);
        HostRule hosts = new HostRule(settings.httpNames());
        OriginRule origins =
                new OriginRule(settings.httpOrigins(), settings.streamOrigins(), hosts, settings.httpTls());
        streamEndpoint = new StreamEndpoint(stream, origins, new StreamSchema(contract), millis);
        tokens = settings.httpTokens();
        login = new HttpLogin(tokens, millis);
        loginGuard = new LoginGuard(login, settings.httpClientCertificates() != null);
        httpServers = new GuardedHttpServers(
                new AccessGuard(new AccessRule(hosts, origins), origins, loginGuard), loginGuard);
        market.onTaken(MarketListener.both(history, stream));
        strategies.onClosed(first.feedRoutes()::candle);

        for (SourceBeans one : sources) {
            one.bindTo(beans::put, command.apply(one.source()), one == first ? "" : "-" + one.venue());
        }
        beans.put("connectorBinding", new ConnectorBinding());
        beans.put(ConnectorExecComponent.NAME, new ConnectorExecComponent());
        bindEventFormat(secrets::redact);
        bindSources();
        beans.put("market", market);
        beans.put(EarlierStatusRoute.RELEASE, release);
        beans.put("deadLetters", deadLetters);
        beans.put("deadLetter", new DeadLetterProcessor(deadLetters));
        connectors = new ConnectorsPayload(byVenue(SourceBeans::payload), feeds, standby, secrets);
        SinkFiles sinkFiles = SinkBeans.files(settings);
        QueueHealth queueHealth = new QueueHealth(queues, sinks, secrets::redact);
        OutputsPayload outputs = new OutputsPayload(
                queueHealth,
                new RecordingApi(sinkFiles.written(), queueHealth::sinks, secrets::redact),
                secrets::redact);
        health = new HealthPayload(
                connectors,
                new MarketPayload(
                        sources.stream().map(SourceBeans::wanted).toList(), settings.instruments(), market, secrets),
                deadLetters,
                stream.figures(),
                state,
                outputs,
                application,
                secrets);
        beans.put("health", health);
        beans.put(
                "rates",
                new RatesApi(
                        sources.stream().map(SourceBeans::counters).toList(),
                        sources.stream().map(SourceBeans::supervisor).toList()));
        beans.put("replayApi", replayApi);
        beans.put("routesApi", new RoutesApi(application));
        WantedChanges wantedChanges = settings.wantedChanges();
        beans.put(
                "sourcesApi",
                new SourcesApi(sources.stream()
                        .map(one -> one.control(wantedChanges, wanted(one)))
                        .toList()));
        beans.put("logLevelsApi", new LogLevelsApi(logLevels));
        beans.put("probes", new Probes(feeds));
        beans.put("marketApi", new MarketApi(market, parameter, feeds));
        beans.put("contextApi", new ContextApi(market, parameter));
        beans.put("historyApi", new HistoryApi(history, parameter, feeds, this::charts));
        beans.put("contextStore", contextStore);
        beans.put(
                "backfillApi",
                new BackfillApi(
                        sources.stream()
                                .map(one -> one.historyWorker().backfill())
                                .toList(),
                        market,
                        parameter));
        beans.put("openApi", contract);
        beans.put("index", new IndexApi(contract, this::listedSources, feeds));
        beans.putAll(strategyGraph.beans(feeds::synthetic, parameter));
        beans.put("stream", stream);
        beans.put(QueueComponent.NAME, new QueueComponent(queues));
        beans.put(MonotonicTimerComponent.NAME, new MonotonicTimerComponent());
        beans.put(BufferComponent.NAME, new BufferComponent(sinks, SinkTypes.parse(settings.text("sink.types"))));
        if (several) {
            sinks.writeVenues();
        }
        beans.putAll(SinkBeans.of(settings, sinks, sinkFiles));
        ClientSettings clientSettings = new ClientSettings(
                several ? null : settings.instruments().venue(), settings::text, settings.environment()::get);
        for (SinkLibrary library : SinkLibrary.values()) {
            beans.put(library.bean(), new LibrarySink(library, clientSettings, sinks));
        }
        beans.put("feedHealthCheck", new FeedHealthCheck(feeds));
        beans.put("readerHealthCheck", new ReaderHealthCheck(feeds));
        beans.put("stateHealthCheck", new StateHealthCheck(state));
    }

    /**
     * The time before which candles are closed: that of the exchange, less what its trades may be late, or that of the
     * events if they are older than a day, as in a replay.
     */
    private long candleMicros() {
        long events = strategies.clock().now();
        long exchange = sources.get(0).exchangeMicros() - LATENESS_MICROS;
        boolean past = settings.sources().stream().anyMatch(SourceSettings::replay)
                || events >= 0 && exchange - events > MarketHistory.MINUTES * 60_000_000L;
        return past ? events : Math.max(events, exchange);
    }

    private ChartBackfill charts(InstrumentId instrument) {
        return of(instrument.venue()).historyWorker().charts();
    }

    private List<IndexResponse.Source> listedSources() {
        return sources.stream()
                .map(one -> new IndexResponse.Source(
                        one.source().name(),
                        one.venue(),
                        one.health().synthetic(),
                        one.source().instruments().configured().size()))
                .toList();
    }

    /** What else must know the instruments of a source. */
    private SourceControl.WantedInstruments wanted(SourceBeans source) {
        return new SourceControl.WantedInstruments() {
            @Override
            public void added(InstrumentId instrument) {
                release.added(instrument);
                source.historyWorker().add(instrument);
            }

            @Override
            public void notAdded(InstrumentId instrument) {
                source.historyWorker().remove(instrument);
                release.notAdded(instrument);
            }

            @Override
            public void removed(InstrumentId instrument) {
                source.historyWorker().remove(instrument);
                release.removed(instrument);
                market.symbols().stream().filter(instrument::covers).forEach(release::removed);
            }

            @Override
            public boolean inUse(InstrumentId instrument) {
                return strategies.broker().uses(instrument);
            }

            @Override
            public String managedBy() {
                return standby != null && source.venue().equals(standby.standby())
                        ? "is the standby of " + standby.main() + ", which starts and ends it"
                        : null;
            }

            @Override
            public int others() {
                return settings.instruments().configured().size()
                        - source.source().instruments().configured().size();
            }
        };
    }

    private HealthPayload health() {
        return health;
    }

    private List<RouteCount> routes() {
        CamelContext running = context;
        return running == null ? List.of() : new RouteList(routeCounts).list(running);
    }

    private SourceBeans of(String venue) {
        for (SourceBeans one : sources) {
            if (one.venue().equals(venue)) {
                return one;
            }
        }
        return sources.get(0);
    }

    private <T> Map<String, T> byVenue(Function<SourceBeans, T> part) {
        Map<String, T> parts = new LinkedHashMap<>();
        sources.forEach(one -> parts.put(one.venue(), part.apply(one)));
        return parts;
    }

    private <T> PerVenue<T> perVenue(Function<SourceBeans, T> part) {
        return new PerVenue<>(byVenue(part));
    }

    /** The line of another source that holds up the routes, or null. */
    private BlockedWatch.Blocked blockedBeside(SourceBeans source) {
        for (SourceBeans other : sources) {
            BlockedWatch.Blocked blocked =
                    other == source ? null : other.blocked().own();
            if (blocked != null) {
                return blocked;
            }
        }
        return null;
    }

    private FeedSnapshots snapshots() {
        return new FeedSnapshots() {
            @Override
            public FeedSnapshot of(String venue) {
                return ApplicationBeans.this.of(venue).feed().snapshot();
            }

            @Override
            public String key(String venue) {
                return sources.size() == 1
                        ? ""
                        : ApplicationBeans.this.of(venue).venue();
            }
        };
    }

    /** Binds what routes call by one name, whatever the number of sources. */
    private void bindSources() {
        SourceBeans first = sources.get(0);
        boolean several = sources.size() > 1;
        Object history = several ? new SourceHistory(perVenue(SourceBeans::historyWorker)) : first.historyWorker();
        beans.put("historyWorker", history);
        beans.put("exchangeDesk", history); // former name, for route files of earlier versions
        beans.put(
                "subscriptions",
                several ? new SourceSubscriptions(perVenue(SourceBeans::subscriptions)) : first.subscriptions());
        beans.put("statusLog", several ? new SourceLog(perVenue(SourceBeans::statusLog)) : first.statusLog());
        beans.put(
                "connectorCommands",
                several
                        ? new SourceCommands(perVenue(one -> new ConnectorCommands(one.supervisor())))
                        : new ConnectorCommands(first.supervisor()));
    }

    /** Binds the properties of the data format that the events route declares. */
    private void bindEventFormat(UnaryOperator<Event> redaction) {
        SourceBeans first = sources.get(0);
        boolean several = sources.size() > 1;
        Supplier<EventReader> reader = several ? new SourceReaders(perVenue(one -> one::reader)) : first::reader;
        EventDataFormat.Check timeCheck =
                several ? new SourceTimeChecks(perVenue(SourceBeans::timeCheck)) : first.timeCheck();
        UnaryOperator<Event> recorder =
                several ? new SourceRecorders(perVenue(one -> one.recorder()::event)) : first.recorder()::event;
        beans.put("eventReader", reader);
        beans.put("eventRedaction", redaction);
        beans.put("eventTimeCheck", timeCheck);
        beans.put(RecordsEvents.RECORDER, recorder);
        // Events routes of earlier versions refer to this one and declare none.
        complete = new EventDataFormat();
        complete.setReader(reader);
        complete.setRedaction(redaction);
        complete.setTimeCheck(timeCheck);
        complete.setRecorder(recorder);
        beans.put("connectorJson", complete);
    }

    /** Binds the beans for a trial of the routes: samples of events are read, but not recorded. */
    void bindForTrial(BiConsumer<String, Object> registry) {
        UnaryOperator<Event> unrecorded = event -> event;
        Supplier<EventReader> reader = sources.get(0)::openReader;
        beans.put("eventReader", reader);
        complete.setReader(reader);
        beans.put(RecordsEvents.RECORDER, unrecorded);
        complete.setRecorder(unrecorded);
        bindTo(registry);
    }

    /** Names and beans, as the routes know them. */
    void bindTo(BiConsumer<String, Object> registry) {
        beans.forEach(registry);
    }

    /** Adds what route files of earlier versions need; must be called before the context starts. */
    void bindRoutes(CamelContext starting) {
        context = starting;
        sources.forEach(one -> one.feedRoutes().bind(starting));
        starting.addRoutePolicyFactory(new EarlierStatusRoute(release::status));
        starting.addRoutePolicyFactory(routeCounts);
        ExtendedCamelContext extension = starting.getCamelContextExtension();
        extension.addContextPlugin(
                BeanProcessorFactory.class,
                new EventBeanProcessorFactory(PluginHelper.getBeanProcessorFactory(extension)));
        starting.addRoutePolicyFactory(new CustomRouteErrors());
    }

    /** How the exchanges of the routes end. */
    RouteOutcomes routeOutcomes() {
        return routeCounts;
    }

    List<Supervisor> supervisors() {
        return sources.stream().map(SourceBeans::supervisor).toList();
    }

    Strategies strategies() {
        return strategies;
    }

    /** Looks after the line that is inside the routes. */
    RouteWatch routeWatch(CamelContext watched) {
        return new RouteWatch(
                watched,
                sources.stream()
                        .map(one -> new RouteWatch.OfSource(one.venue(), one.blocked(), one.lineRelease()))
                        .toList(),
                millis);
    }

    StreamHub stream() {
        return stream;
    }

    StreamEndpoint streamEndpoint() {
        return streamEndpoint;
    }

    BoundedQueues<Exchange> queues() {
        return queues;
    }

    /** What reports to the log every second. */
    List<Runnable> logReports() {
        return logReports;
    }

    /** What the sources are busy with after the start, on one line; empty when they are done. */
    String progress() {
        return connectors.progress();
    }

    private void reportQueues() {
        Instant now = Instant.now();
        queues.list(now);
        queueLog.report(now);
    }

    private void reportSinks() {
        sinkLog.report(Instant.now());
    }

    /** The buffers of the sinks. */
    SinkBuffers sinks() {
        return sinks;
    }

    /** Stores what the sinks have not taken; called after all routes have stopped. */
    void closeSinks() {
        sinks.close();
        sinkLog.end(Instant.now());
    }

    private void reportLimits() {
        limitWatch.report();
    }

    private LimitWatch limitWatch(LateTrades lateTrades) {
        return new LimitWatch(List.of(
                new LimitWatch.Limit(
                        "symbols",
                        "symbols with data",
                        market::size,
                        Market.MAX_SYMBOLS,
                        market::notKept,
                        "further symbols are passed on without price, book and context"),
                new LimitWatch.Limit(
                        "books",
                        "books of different depths of one symbol",
                        market::mostBooks,
                        Market.MAX_BOOKS,
                        market::booksNotKept,
                        "further ones are passed on, but not kept"),
                new LimitWatch.Limit(
                        "candles",
                        "symbols with candles",
                        strategies::size,
                        Strategies.MAX_SYMBOLS,
                        strategies::withoutCandles,
                        "further symbols have no candles and no strategies"),
                new LimitWatch.Limit(
                        "history",
                        "symbols with candles of the past day",
                        history::size,
                        MarketHistory.MAX_INSTRUMENTS,
                        history::notKept,
                        "the last trades and past candles of further symbols are not kept"),
                new LimitWatch.Limit(
                        "late_trades",
                        "symbols whose late trades are marked",
                        lateTrades::size,
                        LateTrades.MAX_SYMBOLS,
                        lateTrades::unmarked,
                        "late trades of further symbols are not marked"),
                new LimitWatch.Limit(
                        "counters",
                        "symbols with counters of their own",
                        () -> sources.stream()
                                .mapToInt(one -> one.counters().size())
                                .max()
                                .orElse(0),
                        FeedCounters.MAX_CHANNELS,
                        () -> sources.stream()
                                .mapToLong(one -> one.counters().uncounted())
                                .sum(),
                        "events of further symbols are counted as other"),
                new LimitWatch.Limit(
                        "listings",
                        "symbols with a listing",
                        market::listings,
                        Market.MAX_SYMBOLS,
                        market::notListed,
                        "tick size, order limits and phase of further symbols are not known"),
                new LimitWatch.Limit(
                        "stream_clients",
                        "clients of the stream (STREAM_CLIENTS)",
                        stream.figures()::clients,
                        (int) settings.whole("stream.clients"),
                        stream.figures()::full,
                        "further clients are refused"),
                new LimitWatch.Limit(
                        "http_connections",
                        "connections to the HTTP port (HTTP_CONNECTIONS)",
                        httpConnections::open,
                        httpConnections.most(),
                        httpConnections::refused,
                        "further ones are answered with 503 and closed"),
                new LimitWatch.Limit(
                        "positions",
                        "paper positions of strategies and symbols",
                        strategies.broker()::positions,
                        PaperAccount.MAX_POSITIONS,
                        () -> strategies.broker().counts().withoutPosition(),
                        "orders of further ones are refused")));
    }

    QueueLog queueLog() {
        return queueLog;
    }

    /** Makes the HTTP server; to be bound in the context that serves, not in one that only tries routes. */
    DashboardEndpoint dashboard() {
        return dashboard;
    }

    GuardedHttpServers httpServers() {
        return httpServers;
    }

    HttpConnections httpConnections() {
        return httpConnections;
    }

    /** What prevents files of the HTTP port from being used, one line each. */
    List<String> httpAlarms() {
        return tokens.alarms();
    }

    /** Called when {@link #logReports} begin, and by them each second. */
    void watchClock() {
        clock.watch();
    }

    List<String> clockAlarms() {
        return clock.alarms();
    }

    /** Looks after the files of the HTTP port and who uses it; called every second by one thread. */
    void watchHttp() {
        tokens.reload();
        loginGuard.closeUnknown();
        login.report();
    }

    /** Serves the operations of the contract; not to be added to a context that only tries routes. */
    OperationRoutes operationRoutes() {
        return new OperationRoutes(contract);
    }

    /** Registers every series of Prometheus. */
    void bindMeters(MeterRegistry registry) {
        List<MeterBinder> binders = new ArrayList<>();
        sources.forEach(one -> {
            binders.add(one.meters());
            binders.add(one.unreadableMeters());
        });
        binders.addAll(List.of(
                new StreamMeters(stream.figures()),
                new LogMeters(),
                new ProcessMeters(),
                new SourceUsedMeters(
                        sources.stream().map(SourceBeans::venue).toList(),
                        () -> standby == null ? null : standby.idle()),
                lateTradeMeters,
                stateMeters,
                new ClockMeters(clock),
                new LimitMeters(limitWatch),
                strategyMeters,
                new QueueMeters(queues),
                new SinkMeters(sinks)));
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /** A source that has used up a round of starts. */
    Optional<SourceBeans> exhausted() {
        return sources.stream()
                .filter(one -> one.supervisor().exhaustedRounds() > 0)
                .findFirst();
    }

    /** What the operator should know about the two sources of which one is used. */
    List<String> standbyAlarms() {
        StandbySource.Switch active = standby == null ? null : standby.active();
        return active == null
                ? List.of()
                : List.of("data is that of " + standby.standby() + " since " + active.since() + ", because "
                        + active.reason());
    }

    /** Restores the state of an earlier run; called before the first event. */
    void restore() {
        if (standby != null) {
            standby.begin();
        }
        settings.sinks().forEach(name -> sinks.buffer(name, SinkTypes.parse(settings.text("sink.types"))));
        contextStore.claim();
        contextStore.restore(settings.instruments().configured());
        settings.instruments().configured().forEach(instrument -> of(instrument.venue())
                .recorder()
                .known(instrument, market.newestMicros(instrument)));
    }

    /** Saves the state; called after all other parts have stopped. */
    void save() {
        sources.forEach(one -> one.historyWorker().stop());
        contextStore.close();
    }

    private StreamHub stream(MarketSource source, StreamStates states, Secrets secrets) {
        StreamLimits limits = new StreamLimits(
                (int) settings.whole("stream.clients"),
                (int) settings.whole("stream.queue.kb") * 1024,
                (int) settings.whole("stream.message.bytes"),
                settings.duration("stream.ping"),
                settings.duration("stream.timeout"),
                settings.duration("stream.slow"));
        List<String> timeframes =
                strategies.settings().timeframes().stream().map(Timeframe::name).toList();
        return new StreamHub(limits, timeframes, settings.channels(), source, states, secrets::redact, millis);
    }

    private ContextRules contextRules() {
        return new ContextRules(
                new BigDecimal(settings.text("profile.tick.size")),
                settings.sources().stream().allMatch(SourceSettings::listsInstruments),
                (int) settings.whole("profile.max.bins"),
                DayWindow.parse(settings.text("opening.range")),
                Sessions.parse(settings.text("sessions")),
                settings.text("block.trades").equals("ignore"));
    }
}
