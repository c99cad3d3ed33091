package dev.livefeed.app.metrics;

import dev.livefeed.app.feed.AccountState;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.LagRecorder;
import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.process.Supervisor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Prometheus metrics of the feed. Most are read from the counters of the parts that they describe. */
public final class Meters implements MeterBinder, LagRecorder {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private static final String OTHER = "other";

    /** Channels whose gaps have a series even if not subscribed; gaps of other channels count as {@code other}. */
    private static final Set<String> GAP_CHANNELS = Set.of("trades", "depth", "account", "none", OTHER);

    private final Supervisor supervisor;
    private final FeedState feed;
    private final FeedCounters counters;
    private final Market market;
    private final DeadLetters deadLetters;
    private final StatusLog statusLog;
    private final FeedHealth feedHealth;
    private final Subscriptions subscriptions;
    /** Keeps the suppliers alive: Micrometer only holds weak references to them. */
    private final List<LongSupplier> suppliers = new ArrayList<>();

    /** Null if there is only one source. */
    private String venue;
    /** The label {@code venue} if there are several sources. */
    private Tags tags = Tags.empty();

    /** Whether it also registers what all sources share. */
    private boolean shared = true;

    private volatile Timer exchangeLag;
    private final LongAdder rawLags = new LongAdder();
    private final LongAdder rawLagMicros = new LongAdder();
    private volatile Timer pathLag;

    public Meters(
            Supervisor supervisor,
            FeedState feed,
            FeedCounters counters,
            Market market,
            DeadLetters deadLetters,
            StatusLog statusLog,
            FeedHealth feedHealth,
            Subscriptions subscriptions) {
        this.supervisor = supervisor;
        this.feed = feed;
        this.counters = counters;
        this.market = market;
        this.deadLetters = deadLetters;
        this.statusLog = statusLog;
        this.feedHealth = feedHealth;
        this.subscriptions = subscriptions;
    }

    /**
     * One of several sources, whose series have the label {@code venue}.
     *
     * @param first whether it also registers what all sources share
     */
    public Meters of(String venue, boolean first) {
        this.venue = venue;
        tags = Tags.of("venue", venue);
        shared = first;
        return this;
    }

    /**
     * Registers all metrics. Must be called once, before the first event: {@code rate} and {@code increase} miss the
     * first increment of a counter that was never scraped at 0.
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        exchangeLag = lag(registry, "livefeed.exchange.lag", "Exchange time to receive time, by the exchange's clock");
        // Count and sum only, because it is recorded for every event and its mean is compared with the other lag.
        FunctionTimer.builder(
                        "livefeed.exchange.lag.raw",
                        this,
                        any -> rawLags.sum(),
                        any -> rawLagMicros.sum(),
                        TimeUnit.MICROSECONDS)
                .description("Exchange time to receive time, by the local clock")
                .tags(tags)
                .register(registry);
        pathLag = lag(registry, "livefeed.path.lag", "Receive time in the connector to the routes");
        counters.onChannel(new EventCounters(registry, tags));
        expect();
        bindLabelled(registry);
        count(registry, "livefeed.connector.starts", "Starts of the connector process", supervisor::starts);
        count(
                registry,
                "livefeed.connector.restarts",
                "Starts after the first one",
                () -> Math.max(0, supervisor.starts() - 1));
        count(registry, "livefeed.connector.retries", "Starts after a failure", supervisor::retries);
        count(
                registry,
                "livefeed.connector.exhausted",
                "Rounds whose retries were used up",
                supervisor::exhaustedRounds);
        count(registry, "livefeed.connector.failures", "Failures of the connector process", supervisor::errors);
        count(registry, "livefeed.connector.errors", "Errors reported by the connector", statusLog::failures);
        count(registry, "livefeed.exchange.disconnects", "Lost connections to the exchange", () -> feed.snapshot()
                .losses()
                .disconnects());
        count(
                registry,
                "livefeed.book.gaps",
                "Updates that made a local order book stale",
                venue == null ? market::gaps : () -> market.gaps(venue));
        count(
                registry,
                "livefeed.book.resyncs",
                "Requested snapshots",
                venue == null ? market::resyncs : () -> market.resyncs(venue));
        count(registry, "livefeed.repaired.trades", "Trades fetched after an outage", statusLog::repairedTrades);
        count(registry, "livefeed.account.gaps", "Gaps in the account stream", feed.account()::gaps);
        for (AccountState.State state : AccountState.State.values()) {
            Gauge.builder("livefeed.account", () -> feed.account().view().state() == state ? 1 : 0)
                    .description("1 for the state that the access to the account is in")
                    .tag("state", state.toString())
                    .tags(tags)
                    .register(registry);
        }
        gauge(registry, "livefeed.queue", "Lines read but not yet routed", supervisor::queueSize);
        count(registry, "livefeed.blocked.episodes", "How often a route step was blocked", feedHealth::blockedEpisodes);
        gauge(
                registry,
                "livefeed.blocked.seconds",
                "How long the current route step has been blocked; 0 if none is",
                this::blockedSeconds);
        gauge(
                registry,
                "livefeed.connected",
                "1 while the feed is up",
                () -> feed.snapshot().connected() ? 1 : 0);
        gauge(registry, "livefeed.fresh", "1 while market data is young", () -> feedHealth.fresh() ? 1 : 0);
        gauge(
                registry,
                "livefeed.ready",
                "1 while the feed is ready",
                () -> feedHealth.verdict().ready() ? 1 : 0);
        gauge(registry, "livefeed.instruments.wanted", "wanted instruments", () -> feedHealth
                .verdict()
                .readiness()
                .wanted());
        gauge(registry, "livefeed.instruments.ready", "wanted instruments that are ready", () -> feedHealth
                .verdict()
                .readiness()
                .ready());
        gauge(
                registry,
                "livefeed.synthetic",
                "1 where the data is no real exchange's",
                () -> feedHealth.synthetic() ? 1 : 0);
        gauge(
                registry,
                "livefeed.maintenance",
                "1 while the exchange is under announced maintenance",
                () -> feedHealth.underMaintenance() ? 1 : 0);
        gauge(
                registry,
                "livefeed.clock.offset.seconds",
                "Exchange clock minus local clock; NaN if unknown",
                () -> offsetSeconds(feed.snapshot().report().clock()));
        gauge(
                registry,
                "livefeed.data.age.seconds",
                "Time since the newest market event; NaN before the first",
                () -> ageSeconds(feed.snapshot().data().ageMillis()));
    }

    /** One series for each event type of an instrument, until the instrument ends. */
    private record EventCounters(MeterRegistry registry, Tags venue) implements FeedCounters.ChannelListener {

        private static final String NAME = "livefeed.events";

        @Override
        public void added(FeedCounters.Channel channel) {
            FunctionCounter.builder(NAME, channel, FeedCounters.Channel::count)
                    .description("Events by type and symbol")
                    .tag("type", channel.type())
                    .tags(tags(channel))
                    .register(registry);
        }

        /** An event that is about no instrument has the venue of its source. */
        private Tags tags(FeedCounters.Channel channel) {
            Tags own = InstrumentTags.of(channel.instrument());
            return channel.instrument().venue() == null ? own.and(venue) : own;
        }

        @Override
        public void released(FeedCounters.Channel channel) {
            registry.find(NAME)
                    .tag("type", channel.type())
                    .tags(tags(channel))
                    .meters()
                    .forEach(registry::remove);
        }
    }

    private static double offsetSeconds(FeedSnapshot.Clock clock) {
        return clock == null ? Double.NaN : clock.offsetMicros() / 1e6;
    }

    private static double ageSeconds(long millis) {
        return millis < 0 ? Double.NaN : millis / 1000.0;
    }

    /** The gap counters of all subscribed channels start at 0. */
    private void expect() {
        counters.expectStatuses();
        subscriptions.all().forEach(wanted -> counters.expect(wanted.channel(), wanted.instrument()));
    }

    private void bindLabelled(MeterRegistry registry) {
        if (shared) {
            bindDeadLetters(registry);
        }
        Set<String> channels = new TreeSet<>(GAP_CHANNELS);
        subscriptions.all().forEach(wanted -> channels.add(wanted.channel()));
        channels.forEach(channel -> gaps(registry, channel));
        statusLog.onGap(channel ->
                gaps(registry, channels.contains(channel) ? channel : OTHER).increment());
    }

    private void bindDeadLetters(MeterRegistry registry) {
        Set<String> reasons = Set.copyOf(DeadLetters.reasons());
        reasons.forEach(reason -> deadLetter(registry, reason));
        deadLetters.onReason(reason -> {
            if (!reasons.contains(reason)) {
                deadLetter(registry, reason);
            }
        });
    }

    private void deadLetter(MeterRegistry registry, String reason) {
        FunctionCounter.builder("livefeed.dead.letters", deadLetters, letters -> letters.count(reason))
                .description("Lines that could not be used and events that a step failed on")
                .tag("reason", reason)
                .register(registry);
    }

    private Counter gaps(MeterRegistry registry, String channel) {
        return Counter.builder("livefeed.gaps")
                .description("Gaps whose events are lost for good")
                .tag("channel", channel)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void record(long exchangeMicros, long rawMicros, long pathMicros) {
        Timer exchange = exchangeLag;
        if (exchange != null) {
            exchange.record(Math.max(0, exchangeMicros), TimeUnit.MICROSECONDS);
            rawLags.increment();
            rawLagMicros.add(Math.max(0, rawMicros));
            pathLag.record(Math.max(0, pathMicros), TimeUnit.MICROSECONDS);
        }
    }

    private double blockedSeconds() {
        BlockedWatch.Blocked blocked = feedHealth.blocked();
        return blocked == null ? 0 : blocked.millis() / 1000.0;
    }

    private Timer lag(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
    }

    private void count(MeterRegistry registry, String name, String description, LongSupplier value) {
        suppliers.add(value);
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, java.util.function.Supplier<Number> value) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }
}
