package dev.livefeed.app;

import dev.livefeed.app.api.ConnectorPayload;
import dev.livefeed.app.api.MarketPayload;
import dev.livefeed.app.api.ReplayApi;
import dev.livefeed.app.api.control.SourceControl;
import dev.livefeed.app.api.state.SourceState;
import dev.livefeed.app.backfill.Backfill;
import dev.livefeed.app.backfill.HistoryClient;
import dev.livefeed.app.backfill.HistoryWorker;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.LastTrades;
import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.app.feed.LocalClock;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.RecentLag;
import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.feed.TimeCheck;
import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.health.HealthLimits;
import dev.livefeed.app.health.ReadyRules;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.metrics.Meters;
import dev.livefeed.app.metrics.UnreadableMeters;
import dev.livefeed.app.process.ConnectorEnvironment;
import dev.livefeed.app.process.LineRelease;
import dev.livefeed.app.process.LineTurn;
import dev.livefeed.app.process.NextStart;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.process.SupervisorConfig;
import dev.livefeed.app.process.standby.StandbySource;
import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.FeedRoutes;
import dev.livefeed.app.route.exec.ConnectorExecutor;
import dev.livefeed.app.route.exec.ConnectorStatus;
import dev.livefeed.app.route.exec.ConnectorStop;
import dev.livefeed.app.route.exec.ExecCommandLine;
import dev.livefeed.app.settings.ReadyPolicy;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SourceSettings;
import dev.livefeed.app.settings.WantedChanges;
import dev.livefeed.logging.LogFormat;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The parts of one source: its supervised process, the state and the health of its feed, its subscriptions and its
 * history. Nothing is started by making them.
 */
final class SourceBeans {

    private static final int MAX_LINE = 1024 * 1024;
    private static final Duration NEVER = Duration.ofDays(100_000);
    private static final Duration TICK_WAIT = Duration.ofSeconds(10);
    /** If a route step holds a line this long, the answers to the history command are considered delayed by it. */
    private static final long BLOCKED_MILLIS = 500;

    private final SourceSettings source;
    private final Settings settings;
    private final Supplier<String> connectorLevel;
    private final Shared shared;
    private final FeedState feed;
    private final FeedCounters counters;
    private final StatusLog statusLog;
    private final LastTrades lastTrades;
    private final Supervisor supervisor;
    private final Subscriptions subscriptions;
    private final FeedRoutes feedRoutes;
    private final HistoryWorker historyWorker;
    private final BlockedWatch blocked;
    private final LineRelease lineRelease;
    private final FeedHealth health;
    private final Meters meters;
    private final RecentLag recentLag;
    private final EventRecorder recorder;

    /**
     * What all sources of a run share.
     *
     * @param turn null if there is one source
     */
    record Shared(
            LongSupplier millis,
            Secrets secrets,
            Market market,
            MarketHistory history,
            LateTrades lateTrades,
            DeadLetters deadLetters,
            LineTurn turn,
            LocalClock clock) {

        boolean several() {
            return turn != null;
        }
    }

    /**
     * @param addresses hosts of the local exchange as settings, empty where there is none
     * @param first whether it is the first one
     * @param connectorLevel the level of the connector's log
     */
    SourceBeans(
            SourceSettings source,
            Settings settings,
            Shared shared,
            Map<String, String> addresses,
            boolean first,
            Supplier<String> connectorLevel) {
        this.source = source;
        this.connectorLevel = connectorLevel;
        this.settings = settings;
        this.shared = shared;
        feed = new FeedState(shared.millis());
        shared.clock().onSet(feed::clockSet);
        recentLag = new RecentLag(shared.millis());
        counters = new FeedCounters(shared.millis(), source.depth());
        statusLog = new StatusLog(shared.secrets()::redact);
        List<InstrumentId> configured = source.instruments().configured();
        lastTrades = new LastTrades(configured);
        subscriptions = new Subscriptions(source.instruments(), source.channels(), lastTrades);
        subscriptions.before(feed.replay()::restoring);
        supervisor = new Supervisor(supervisorConfig(addresses), feed, shared.turn(), delays());
        feedRoutes = new FeedRoutes(
                source.name(), shared.several() ? source.venue() : null, subscriptions, shared.deadLetters());
        historyWorker = new HistoryWorker(
                new HistoryClient(
                        feedRoutes::command,
                        () -> feed.hasOutput() ? supervisor.starts() : -1,
                        () -> supervisor.gate().currentMillis() >= BLOCKED_MILLIS,
                        shared.millis(),
                        HistoryClient.SILENCE),
                new Backfill.Plan(
                        source.name(), source.venue(), settings.text("context.backfill"), configured, TICK_WAIT),
                shared.market(),
                feed::snapshot,
                shared.millis(),
                () -> exchangeMicros() / 1_000,
                shared.history());
        blocked = new BlockedWatch(supervisor.gate(), feedRoutes, settings.duration("health.blocked"));
        lineRelease = new LineRelease(supervisor.gate(), feedRoutes, shared.deadLetters());
        health = new FeedHealth(
                supervisor,
                feed,
                subscriptions,
                shared.market(),
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
                source.synthetic(),
                blocked);
        meters = new Meters(
                supervisor, feed, counters, shared.market(), shared.deadLetters(), statusLog, health, subscriptions);
        if (shared.several()) {
            meters.of(source.venue(), first);
        }
        recorder = new EventRecorder(
                feed,
                counters,
                lastTrades,
                shared.lateTrades(),
                shared.market(),
                (exchange, raw, path) -> {
                    meters.record(exchange, raw, path);
                    recentLag.record(exchange, raw, path);
                },
                shared.clock());
    }

    /** What the connector routes call by name; those of a further source have its venue at the end of the name. */
    void bindTo(BiConsumer<String, Object> beans, List<String> command, String suffix) {
        beans.accept("supervisor" + suffix, supervisor);
        beans.accept("connectorStop" + suffix, new ConnectorStop(supervisor));
        beans.accept("connectorExecutor" + suffix, new ConnectorExecutor(supervisor, feedRoutes));
        beans.accept("connectorStatus" + suffix, new ConnectorStatus(supervisor, feedRoutes));
        beans.accept("connectorCommand" + suffix, ExecCommandLine.of(command));
    }

    SourceSettings source() {
        return source;
    }

    String venue() {
        return source.venue();
    }

    FeedState feed() {
        return feed;
    }

    FeedCounters counters() {
        return counters;
    }

    StatusLog statusLog() {
        return statusLog;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    FeedRoutes feedRoutes() {
        return feedRoutes;
    }

    HistoryWorker historyWorker() {
        return historyWorker;
    }

    BlockedWatch blocked() {
        return blocked;
    }

    LineRelease lineRelease() {
        return lineRelease;
    }

    FeedHealth health() {
        return health;
    }

    Meters meters() {
        return meters;
    }

    UnreadableMeters unreadableMeters() {
        return new UnreadableMeters(feed, shared.several() ? source.venue() : null);
    }

    EventRecorder recorder() {
        return recorder;
    }

    EventReader reader() {
        return new EventReader(source.instruments(), health::synthetic, Times::nowMicros);
    }

    /** The exchange's time as far as it is known, microseconds since 1970. */
    long exchangeMicros() {
        return shared.clock().micros() + exchangeLead();
    }

    /** How far the exchange's clock is ahead; if that is not measured, by how much the local one was set back. */
    private long exchangeLead() {
        return feed.clockMeasured() ? feed.clockOffsetMicros() : shared.clock().setBackMicros();
    }

    /** One that takes events of any instrument, such as samples of another source. */
    EventReader openReader() {
        return new EventReader(source.instruments().open(), health::synthetic, Times::nowMicros);
    }

    EventDataFormat.Check timeCheck() {
        return new TimeCheck(settings.duration("event.ahead"), this::exchangeLead, shared.clock()::look)::check;
    }

    ConnectorPayload payload() {
        return new ConnectorPayload(
                source.name(),
                health,
                supervisor,
                feed.account(),
                counters,
                statusLog,
                shared.secrets(),
                historyWorker.backfill().progress());
    }

    /** @param retries of a round */
    SourceState state(int retries) {
        return new SourceState(
                new SourceState.Identity(source.venue(), source.name(), source.instruments()::configured, retries),
                health,
                supervisor,
                recentLag,
                statusLog.today(),
                shared.secrets()::redact);
    }

    /** As one of two sources of which one is used. */
    StandbySource.Member side() {
        return new StandbySource.Member(
                source.venue(),
                supervisor,
                () -> feed.phase() == Phase.MISCONFIGURED,
                () -> health.fresh() && !feed.snapshot().link().lost(),
                new ConnectorStatus(supervisor, feedRoutes)::announce);
    }

    /** The recording that it plays; null if it plays none. */
    ReplayApi.Replayed replayed() {
        return source.replay()
                ? new ReplayApi.Replayed(
                        feed::snapshot,
                        feed.replay(),
                        feedRoutes::command,
                        new ReplayApi.Configured(text("replay.speed"), text("replay.from"), text("replay.to")))
                : null;
    }

    private String text(String key) {
        String text = settings.text(key);
        return text.isEmpty() ? null : text;
    }

    MarketPayload.Source wanted() {
        return new MarketPayload.Source(counters, subscriptions);
    }

    /** Asks the connector for a new snapshot of a book. */
    void resync(InstrumentId instrument, int levels) {
        feedRoutes.command(subscriptions.resync(instrument, levels));
    }

    /** Whether anything is kept of an instrument of this source. */
    boolean has(InstrumentId instrument) {
        return counters.has(instrument);
    }

    /** Releases an instrument that has ended. */
    void release(InstrumentId instrument) {
        counters.release(instrument);
        lastTrades.release(instrument);
        source.instruments().release(instrument);
    }

    private SupervisorConfig supervisorConfig(Map<String, String> addresses) {
        String file = settings.text(source.dataSource().connector() + ".connector.config.file");
        Path configFile = file.isEmpty() ? null : settings.workingDirectory().resolve(file);
        return new SupervisorConfig(
                new SupervisorConfig.Launch(
                        source.name(),
                        shared.several() ? source.venue() : null,
                        settings.workingDirectory().toAbsolutePath(),
                        () -> environment(addresses)),
                MAX_LINE,
                settings.duration("connector.stable.after"),
                settings.exitZeroFinishes(source),
                new SupervisorConfig.StopWaits(
                        settings.duration("connector.stop.wait"), settings.duration("connector.stop.kill")),
                configFile,
                watchdog(),
                shared.secrets());
    }

    private NextStart.Delays delays() {
        return new NextStart.Delays(
                settings.duration("connector.backoff.initial"),
                Double.parseDouble(settings.text("connector.backoff.multiplier")),
                settings.duration("connector.backoff.max"));
    }

    /**
     * A recording may be quiet for as long as the market was, and what it begins with may lie far behind its
     * beginning.
     */
    private Watchdog watchdog() {
        boolean replay = source.replay();
        return new Watchdog(
                replay ? NEVER : settings.duration("connector.start.deadline"),
                replay ? NEVER : settings.duration("connector.watchdog.data"),
                settings.duration("connector.watchdog.grace"),
                settings.duration("connector.watchdog.silence"));
    }

    /** The environment of the next process. */
    private Map<String, String> environment(Map<String, String> addresses) {
        Map<String, String> changed = new LinkedHashMap<>(source.simulated() ? addresses : Map.of());
        changed.put("CONNECTOR_CHANNELS", String.join(",", subscriptions.channels()));
        changed.put("LOG_LEVEL", connectorLevel.get());
        return environment(settings, source, changed);
    }

    /** Changes what the source is subscribed to, and its process. */
    SourceControl control(WantedChanges rules, SourceControl.WantedInstruments wanted) {
        return new SourceControl(source, supervisor, feed, subscriptions, feedRoutes::command, rules, wanted);
    }

    /**
     * The environment of the connector process.
     *
     * @param more variables beside those of the settings, or in place of them
     */
    static Map<String, String> environment(Settings settings, SourceSettings source, Map<String, String> more) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("DATA_SOURCE", source.dataSource().toString());
        own.put("SYMBOL", source.symbolNames());
        own.put("CONNECTOR_CHANNELS", String.join(",", source.channels()));
        own.put("REPLAY_FILE", settings.text("replay.file"));
        own.put("REPLAY_SPEED", settings.text("replay.speed"));
        own.put("REPLAY_FROM", settings.text("replay.from"));
        own.put("REPLAY_TO", settings.text("replay.to"));
        own.put("LOG_LEVEL", Logging.levels(settings).connector());
        own.put("LOG_FORMAT", LogFormat.TEXT.toString()); // the lines become messages of this program's log
        own.put("LOG_LINES_PER_SECOND", settings.text("log.lines.per.second"));
        own.putAll(settings.connectorSettings());
        own.putAll(more);
        return ConnectorEnvironment.of(settings.environment(), settings.text("connector.environment"), own);
    }
}
