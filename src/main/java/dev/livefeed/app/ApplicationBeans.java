package dev.livefeed.app;

import dev.livefeed.app.api.ApplicationState;
import dev.livefeed.app.api.BackfillApi;
import dev.livefeed.app.api.ConnectorPayload;
import dev.livefeed.app.api.ContextApi;
import dev.livefeed.app.api.HealthPayload;
import dev.livefeed.app.api.InstrumentParameter;
import dev.livefeed.app.api.LateTradeMeters;
import dev.livefeed.app.api.LimitMeters;
import dev.livefeed.app.api.LogMeters;
import dev.livefeed.app.api.MarketApi;
import dev.livefeed.app.api.MarketPayload;
import dev.livefeed.app.api.Meters;
import dev.livefeed.app.api.Probes;
import dev.livefeed.app.api.QueueMeters;
import dev.livefeed.app.api.RatesApi;
import dev.livefeed.app.api.SinkMeters;
import dev.livefeed.app.api.StateMeters;
import dev.livefeed.app.api.StrategyMeters;
import dev.livefeed.app.api.StreamMeters;
import dev.livefeed.app.api.UnreadableMeters;
import dev.livefeed.app.api.access.AccessRule;
import dev.livefeed.app.api.access.HostRule;
import dev.livefeed.app.api.access.OriginRule;
import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.backfill.Backfill;
import dev.livefeed.app.backfill.HistoryClient;
import dev.livefeed.app.backfill.HistoryWorker;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.LastTrades;
import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.feed.TimeCheck;
import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.health.HealthLimits;
import dev.livefeed.app.health.LimitWatch;
import dev.livefeed.app.health.QueueHealth;
import dev.livefeed.app.health.ReadyRules;
import dev.livefeed.app.health.StateHealth;
import dev.livefeed.app.market.ContextRules;
import dev.livefeed.app.market.ContextStore;
import dev.livefeed.app.market.DayWindow;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.Sessions;
import dev.livefeed.app.paper.PaperAccount;
import dev.livefeed.app.process.ConnectorEnvironment;
import dev.livefeed.app.process.LineRelease;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.process.SupervisorConfig;
import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueLog;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.EarlierStatusRoute;
import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.FeedRoutes;
import dev.livefeed.app.route.exec.ConnectorBinding;
import dev.livefeed.app.route.exec.ConnectorCommands;
import dev.livefeed.app.route.exec.ConnectorExecComponent;
import dev.livefeed.app.route.exec.ConnectorExecutor;
import dev.livefeed.app.route.exec.ConnectorStatus;
import dev.livefeed.app.route.exec.ConnectorStop;
import dev.livefeed.app.route.exec.ExecCommandLine;
import dev.livefeed.app.route.health.FeedHealthCheck;
import dev.livefeed.app.route.health.ReaderHealthCheck;
import dev.livefeed.app.route.health.StateHealthCheck;
import dev.livefeed.app.route.http.AccessGuard;
import dev.livefeed.app.route.http.GuardedHttpServers;
import dev.livefeed.app.route.http.OperationRoutes;
import dev.livefeed.app.route.http.StreamEndpoint;
import dev.livefeed.app.route.queue.QueueComponent;
import dev.livefeed.app.route.reload.RecordsEvents;
import dev.livefeed.app.route.reload.RouteWatch;
import dev.livefeed.app.route.sink.BufferComponent;
import dev.livefeed.app.settings.DataSource;
import dev.livefeed.app.settings.ReadyPolicy;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.sink.ClientSettings;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.LibrarySink;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.SinkLibrary;
import dev.livefeed.app.sink.SinkLog;
import dev.livefeed.app.sink.SinkTypes;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.app.stream.MarketSource;
import dev.livefeed.app.stream.StreamHub;
import dev.livefeed.app.stream.StreamLimits;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Times;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** All parts of a run, made from the settings and joined; nothing is started by making them. */
final class ApplicationBeans {

    private static final int MAX_LINE = 1024 * 1024;
    private static final Duration NEVER = Duration.ofDays(100_000);
    private static final Duration TICK_WAIT = Duration.ofSeconds(10);
    /** If a route step holds a line this long, the answers to the history command are considered delayed by it. */
    private static final long BLOCKED_MILLIS = 500;

    private final Settings settings;
    private final LongSupplier millis = () -> System.nanoTime() / 1_000_000;
    private final Supervisor supervisor;
    private final Market market;
    private final ContextStore contextStore;
    private final HistoryWorker historyWorker;
    private final Strategies strategies;
    private final FeedRoutes feedRoutes;
    private final BlockedWatch blocked;
    private final LineRelease lineRelease;
    private final Meters meters;
    private final StrategyMeters strategyMeters;
    private final LateTradeMeters lateTradeMeters;
    private final EventRecorder seenEvents;
    private final InstrumentRelease release;
    private EventDataFormat complete;
    private final StateMeters stateMeters;
    private final UnreadableMeters unreadableMeters;
    private final StreamHub stream;
    private final StreamEndpoint streamEndpoint;
    private final BoundedQueues<Exchange> queues = new BoundedQueues<>(QueueComponent::subject);
    private final LimitWatch limitWatch;
    private final QueueLog queueLog;
    private final SinkBuffers sinks;
    private final SinkLog sinkLog;
    private final List<Runnable> logReports;
    private final GuardedHttpServers httpServers;
    private final OpenApi contract = new OpenApi(Version.text());
    private final Map<String, Object> beans = new LinkedHashMap<>();

    /**
     * @param command the connector's command line
     * @param addresses hosts of the local exchange as settings, empty where there is none
     * @param application what health shows of the application
     */
    ApplicationBeans(
            Settings settings, List<String> command, Map<String, String> addresses, ApplicationState application) {
        this.settings = settings;
        Secrets secrets = Secrets.of(settings.environment(), settings.outerSettings());
        FeedState feed = new FeedState(millis);
        supervisor = new Supervisor(supervisorConfig(secrets, addresses), feed);
        LastTrades lastTrades = new LastTrades(settings.instruments().configured());
        LateTrades lateTrades = new LateTrades();
        Subscriptions subscriptions = new Subscriptions(settings.instruments(), settings.channels(), lastTrades);
        DeadLetters deadLetters = new DeadLetters(secrets::redact);
        StatusLog statusLog = new StatusLog(secrets::redact);
        queueLog = new QueueLog(queues, secrets::redact);
        sinks = new SinkBuffers(
                settings.workingDirectory().resolve(settings.text("sink.dir")).toAbsolutePath(),
                DiskLimits.ofMegabytes(settings.whole("sink.buffer.mb"), settings.whole("sink.disk.reserve.mb")));
        sinkLog = new SinkLog(sinks, secrets::redact);
        FeedCounters counters = new FeedCounters(millis, Integer.parseInt(settings.depth()));
        market = new Market(millis, contextRules(), settings.instruments());
        contextStore = new ContextStore(
                market,
                settings.keepsState()
                        ? settings.stateFolder().resolve("context").resolve(settings.stateName())
                        : null,
                StrategyBeans.earlierFolders(settings, "context"));
        feedRoutes = new FeedRoutes(settings.sourceName(), subscriptions, deadLetters);
        historyWorker = new HistoryWorker(
                new HistoryClient(
                        feedRoutes::command,
                        () -> feed.hasOutput() ? supervisor.starts() : -1,
                        () -> supervisor.gate().currentMillis() >= BLOCKED_MILLIS,
                        millis,
                        HistoryClient.SILENCE),
                new Backfill.Plan(
                        settings.sourceName(),
                        settings.text("context.backfill").equals("levels"),
                        settings.instruments().configured(),
                        TICK_WAIT),
                market,
                feed::snapshot,
                millis,
                System::currentTimeMillis);
        blocked = new BlockedWatch(supervisor.gate(), feedRoutes, settings.duration("health.blocked"));
        lineRelease = new LineRelease(supervisor.gate(), feedRoutes, deadLetters);
        market.onResync((symbol, levels) -> feedRoutes.command(subscriptions.resync(symbol, levels)));
        StrategyBeans strategyGraph = new StrategyBeans(settings, market, feed::snapshot);
        strategies = strategyGraph.strategies();
        strategyMeters = new StrategyMeters(strategies);
        FeedHealth feedHealth = new FeedHealth(
                supervisor,
                feed,
                subscriptions,
                market,
                counters,
                new HealthLimits(
                        settings.duration("health.fresh"),
                        settings.duration("health.quiet"),
                        settings.duration("health.clock"),
                        settings.duration("health.stuck"),
                        new ReadyRules(
                                ReadyPolicy.parse(settings.text("ready.when")),
                                settings.duration("ready.after"),
                                settings.duration("unready.after"))),
                settings.synthetic(),
                blocked);
        logReports = List.of(
                this::reportQueues, this::reportSinks, statusLog::report, this::reportLimits, feedHealth::watch);
        meters = new Meters(supervisor, feed, counters, market, deadLetters, statusLog, feedHealth, subscriptions);
        StateHealth state = new StateHealth(contextStore, strategies.broker());
        stateMeters = new StateMeters(state);
        unreadableMeters = new UnreadableMeters(feed);
        lateTradeMeters = new LateTradeMeters(lateTrades, settings.instruments().configured());
        release = new InstrumentRelease(
                settings.instruments(),
                strategies.broker()::uses,
                instrument -> (counters.has(instrument)
                                || lateTrades.has(instrument)
                                || market.has(instrument)
                                || strategies.has(instrument))
                        && !subscriptions.wants(instrument),
                List.of(
                        market::release,
                        contextStore::release,
                        strategies::release,
                        counters::release,
                        lastTrades::release,
                        lateTrades::release,
                        settings.instruments()::release),
                millis);
        seenEvents = new EventRecorder(feed, counters, lastTrades, lateTrades, market, meters);
        stream = stream(new MarketSource(market, strategies, feedHealth, settings.instruments()), secrets, millis);
        limitWatch = limitWatch(counters, lateTrades);
        feedHealth.watch(limitWatch);
        HostRule hosts = new HostRule(settings.httpNames());
        OriginRule origins = new OriginRule(settings.streamOrigins(), hosts);
        streamEndpoint = new StreamEndpoint(stream, origins, millis);
        httpServers = new GuardedHttpServers(new AccessGuard(new AccessRule(hosts, origins)));
        market.onTaken(stream);
        strategies.onClosed(feedRoutes::candle);

        beans.put("supervisor", supervisor);
        beans.put("connectorStop", new ConnectorStop(supervisor));
        beans.put("connectorExecutor", new ConnectorExecutor(supervisor, feedRoutes));
        beans.put("connectorBinding", new ConnectorBinding());
        beans.put(ConnectorExecComponent.NAME, new ConnectorExecComponent());
        beans.put("connectorStatus", new ConnectorStatus(supervisor, feedRoutes));
        beans.put("connectorCommand", ExecCommandLine.of(command));
        beans.put("connectorCommands", new ConnectorCommands(supervisor));
        bindEventFormat(
                () -> new EventReader(settings.instruments(), feedHealth::synthetic, Times::nowMicros),
                secrets::redact,
                new TimeCheck(settings.duration("event.ahead"), feed::clockOffsetMicros)::check);
        beans.put("subscriptions", subscriptions);
        beans.put("market", market);
        beans.put("statusLog", statusLog);
        beans.put(EarlierStatusRoute.RELEASE, release);
        beans.put("deadLetters", deadLetters);
        beans.put("deadLetter", new DeadLetterProcessor(deadLetters));
        beans.put(
                "health",
                new HealthPayload(
                        new ConnectorPayload(
                                settings.sourceName(),
                                feedHealth,
                                supervisor,
                                feed.account(),
                                counters,
                                statusLog,
                                secrets),
                        new MarketPayload(counters, subscriptions, settings.instruments(), market, secrets),
                        deadLetters,
                        stream.figures(),
                        state,
                        new QueueHealth(queues, sinks, secrets::redact),
                        application,
                        secrets));
        beans.put("rates", new RatesApi(counters, supervisor));
        beans.put("probes", new Probes(feedHealth));
        InstrumentParameter parameter = new InstrumentParameter(settings.instruments(), market);
        beans.put("marketApi", new MarketApi(market, parameter, feedHealth));
        beans.put("contextApi", new ContextApi(market, parameter));
        beans.put("contextStore", contextStore);
        beans.put("historyWorker", historyWorker);
        beans.put("exchangeDesk", historyWorker); // former name, for route files of earlier versions
        beans.put("backfillApi", new BackfillApi(historyWorker.backfill(), market, parameter));
        beans.put("openApi", contract);
        beans.putAll(strategyGraph.beans(feedHealth::synthetic));
        beans.put("stream", stream);
        beans.put(QueueComponent.NAME, new QueueComponent(queues));
        beans.put(BufferComponent.NAME, new BufferComponent(sinks, SinkTypes.parse(settings.text("sink.types"))));
        beans.putAll(SinkBeans.of(settings, sinks));
        ClientSettings clientSettings =
                new ClientSettings(settings.instruments().first().venue(), settings::text, settings.environment()::get);
        for (SinkLibrary library : SinkLibrary.values()) {
            beans.put(library.bean(), new LibrarySink(library, clientSettings, sinks));
        }
        beans.put("feedHealthCheck", new FeedHealthCheck(feedHealth));
        beans.put("readerHealthCheck", new ReaderHealthCheck(feedHealth));
        beans.put("stateHealthCheck", new StateHealthCheck(state));
    }

    /** Binds the properties of the data format that the events route declares. */
    private void bindEventFormat(
            Supplier<EventReader> reader, UnaryOperator<Event> redaction, EventDataFormat.Check timeCheck) {
        UnaryOperator<Event> recorder = seenEvents::event;
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
        beans.put(RecordsEvents.RECORDER, unrecorded);
        complete.setRecorder(unrecorded);
        bindTo(registry);
    }

    /** Names and beans, as the routes know them. */
    void bindTo(BiConsumer<String, Object> registry) {
        beans.forEach(registry);
    }

    /** Adds what route files of earlier versions need; must be called before the context starts. */
    void bindRoutes(CamelContext context) {
        feedRoutes.bind(context);
        context.addRoutePolicyFactory(new EarlierStatusRoute(release::status));
    }

    Supervisor supervisor() {
        return supervisor;
    }

    Strategies strategies() {
        return strategies;
    }

    /** Looks after the line that is inside the routes. */
    RouteWatch routeWatch(CamelContext context) {
        return new RouteWatch(context, blocked, lineRelease, millis);
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

    private LimitWatch limitWatch(FeedCounters counters, LateTrades lateTrades) {
        return new LimitWatch(List.of(
                new LimitWatch.Limit(
                        "symbols",
                        "symbols with data",
                        market::size,
                        Market.MAX_SYMBOLS,
                        market::notKept,
                        "further symbols are passed on without price, book and context"),
                new LimitWatch.Limit(
                        "candles",
                        "symbols with candles",
                        strategies::size,
                        Strategies.MAX_SYMBOLS,
                        strategies::withoutCandles,
                        "further symbols have no candles and no strategies"),
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
                        counters::size,
                        FeedCounters.MAX_CHANNELS,
                        counters::uncounted,
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
    GuardedHttpServers httpServers() {
        return httpServers;
    }

    /** Serves the operations of the contract; not to be added to a context that only tries routes. */
    OperationRoutes operationRoutes() {
        return new OperationRoutes(contract);
    }

    /** Registers every series of Prometheus. */
    void bindMeters(MeterRegistry registry) {
        List<MeterBinder> binders = List.of(
                new StreamMeters(stream.figures()),
                meters,
                new LogMeters(),
                lateTradeMeters,
                stateMeters,
                new LimitMeters(limitWatch),
                unreadableMeters,
                strategyMeters,
                new QueueMeters(queues),
                new SinkMeters(sinks));
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /** Restores the state of an earlier run; called before the first event. */
    void restore() {
        settings.sinks().forEach(name -> sinks.buffer(name, SinkTypes.parse(settings.text("sink.types"))));
        contextStore.claim();
        contextStore.restore(settings.instruments().configured());
        settings.instruments()
                .configured()
                .forEach(instrument -> seenEvents.known(instrument, market.newestMicros(instrument)));
    }

    /** Saves the state; called after all other parts have stopped. */
    void save() {
        historyWorker.stop();
        contextStore.close();
    }

    private StreamHub stream(MarketSource source, Secrets secrets, LongSupplier millis) {
        StreamLimits limits = new StreamLimits(
                (int) settings.whole("stream.clients"),
                (int) settings.whole("stream.queue.kb") * 1024,
                (int) settings.whole("stream.message.bytes"),
                settings.duration("stream.ping"),
                settings.duration("stream.timeout"),
                settings.duration("stream.slow"));
        List<String> timeframes =
                strategies.settings().timeframes().stream().map(Timeframe::name).toList();
        return new StreamHub(limits, timeframes, settings.channels(), source, secrets::redact, millis);
    }

    private ContextRules contextRules() {
        return new ContextRules(
                new BigDecimal(settings.text("profile.tick.size")),
                settings.command().isEmpty() && settings.dataSource().listsInstruments(),
                (int) settings.whole("profile.max.bins"),
                DayWindow.parse(settings.text("opening.range")),
                Sessions.parse(settings.text("sessions")),
                settings.text("block.trades").equals("ignore"));
    }

    private SupervisorConfig supervisorConfig(Secrets secrets, Map<String, String> addresses) {
        String file = settings.text("bybit.connector.config.file");
        Path configFile = file.isEmpty() ? null : settings.workingDirectory().resolve(file);
        return new SupervisorConfig(
                new SupervisorConfig.Launch(
                        settings.sourceName(),
                        settings.workingDirectory().toAbsolutePath(),
                        environment(settings, addresses)),
                MAX_LINE,
                settings.duration("connector.stable.after"),
                settings.exitZeroFinishes(),
                new SupervisorConfig.StopWaits(
                        settings.duration("connector.stop.wait"), settings.duration("connector.stop.kill")),
                configFile,
                watchdog(),
                secrets);
    }

    /**
     * A recording may be quiet for as long as the market was, and what it begins with may lie far behind its
     * beginning.
     */
    private Watchdog watchdog() {
        boolean replay = settings.dataSource() == DataSource.REPLAY;
        return new Watchdog(
                replay ? NEVER : settings.duration("connector.start.deadline"),
                replay ? NEVER : settings.duration("connector.watchdog.data"),
                settings.duration("connector.watchdog.grace"),
                settings.duration("connector.watchdog.silence"));
    }

    /** The environment of the connector process. */
    static Map<String, String> environment(Settings settings, Map<String, String> addresses) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("DATA_SOURCE", settings.dataSource().toString());
        own.put("SYMBOL", settings.symbolNames());
        own.put("CONNECTOR_CHANNELS", String.join(",", settings.channels()));
        own.put("REPLAY_FILE", settings.text("replay.file"));
        own.put("REPLAY_SPEED", settings.text("replay.speed"));
        own.put("REPLAY_FROM", settings.text("replay.from"));
        own.put("REPLAY_TO", settings.text("replay.to"));
        own.put("LOG_LEVEL", settings.text("log.level"));
        own.put("LOG_LINES_PER_SECOND", settings.text("log.lines.per.second"));
        own.putAll(settings.connectorSettings());
        own.putAll(addresses);
        return ConnectorEnvironment.of(settings.environment(), settings.text("connector.environment"), own);
    }
}
