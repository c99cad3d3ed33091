package dev.livefeed.app.api;

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
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows the figures of the feed as Prometheus series. They are counted where they arise; this only reads them. */
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

    /** Holes of these may be announced whatever is wanted; of any further one they count as {@code other}. */
    private static final Set<String> GAP_CHANNELS = Set.of("trades", "depth", "account", "none", OTHER);

    private final Supervisor supervisor;
    private final FeedState feed;
    private final FeedCounters counters;
    private final Market market;
    private final DeadLetters deadLetters;
    private final StatusLog statusLog;
    private final FeedHealth feedHealth;
    private final Subscriptions subscriptions;
    /** Micrometer holds what it counts weakly only. */
    private final List<LongSupplier> held = new ArrayList<>();

    private volatile Timer exchangeLag;
    private volatile Timer rawLag;
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
     * Registers every series. To be called once, before the first event: a counter must be seen at 0 before its first
     * step, or no {@code rate} and no {@code increase} shows that step.
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        exchangeLag = lag(registry, "livefeed.exchange.lag", "From the exchange's time to the receive time, its clock");
        // Without buckets: what it is for is the difference to the other one, and it is recorded with every event.
        rawLag = Timer.builder("livefeed.exchange.lag.raw")
                .description("The same by the clock of this machine")
                .register(registry);
        pathLag = lag(registry, "livefeed.path.lag", "From the receive time in the connector to the routes");
        counters.onChannel(channel -> FunctionCounter.builder("livefeed.events", channel, FeedCounters.Channel::count)
                .description("Events by type and symbol")
                .tag("type", channel.type())
                .tags(InstrumentTags.of(channel.instrument()))
                .register(registry));
        expect();
        bindLabelled(registry);
        count(registry, "livefeed.connector.starts", "Starts of the connector process", supervisor::starts);
        count(
                registry,
                "livefeed.connector.restarts",
                "Starts but the first",
                () -> Math.max(0, supervisor.starts() - 1));
        count(registry, "livefeed.connector.retries", "Starts that followed a failure", supervisor::retries);
        count(registry, "livefeed.connector.exhausted", "Rounds of retries used up", supervisor::exhaustedRounds);
        count(registry, "livefeed.connector.failures", "Failures of the connector process", supervisor::errors);
        count(registry, "livefeed.connector.errors", "Errors the connector reported", statusLog::failures);
        count(registry, "livefeed.exchange.disconnects", "Times the connector lost the exchange", () -> feed.snapshot()
                .losses()
                .disconnects());
        count(registry, "livefeed.book.gaps", "Updates that made a kept book stale", market::gaps);
        count(registry, "livefeed.book.resyncs", "Snapshots asked for", market::resyncs);
        count(registry, "livefeed.repaired.trades", "Trades fetched after an outage", statusLog::repairedTrades);
        count(registry, "livefeed.account.gaps", "Times rows of the account were missed", feed.account()::gaps);
        for (AccountState.State state : AccountState.State.values()) {
            Gauge.builder("livefeed.account", () -> feed.account().view().state() == state ? 1 : 0)
                    .description("1 for the state that the access to the account is in")
                    .tag("state", state.toString())
                    .register(registry);
        }
        gauge(registry, "livefeed.queue", "Lines read and not yet routed", supervisor::queueSize);
        count(
                registry,
                "livefeed.blocked.episodes",
                "Times a step held a line for too long",
                feedHealth::blockedEpisodes);
        gauge(
                registry,
                "livefeed.blocked.seconds",
                "For how long a step has held the line that is inside the routes; 0 while none is blocked",
                this::blockedSeconds);
        gauge(
                registry,
                "livefeed.connected",
                "1 while the feed is up",
                () -> feed.snapshot().connected() ? 1 : 0);
        gauge(registry, "livefeed.fresh", "1 while market data is young", () -> feedHealth.fresh() ? 1 : 0);
        gauge(
                registry,
                "livefeed.synthetic",
                "1 where the data is no real exchange's",
                () -> feedHealth.synthetic() ? 1 : 0);
        gauge(
                registry,
                "livefeed.clock.offset.seconds",
                "What the exchange's clock shows more than the one here; NaN where it is not known",
                () -> offsetSeconds(feed.snapshot().report().clock()));
        gauge(
                registry,
                "livefeed.data.age.seconds",
                "Since the newest market event; NaN before the first",
                () -> ageSeconds(feed.snapshot().data().ageMillis()));
    }

    private static double offsetSeconds(FeedSnapshot.Clock clock) {
        return clock == null ? Double.NaN : clock.offsetMicros() / 1e6;
    }

    private static double ageSeconds(long millis) {
        return millis < 0 ? Double.NaN : millis / 1000.0;
    }

    /** What is wanted is counted from 0. */
    private void expect() {
        counters.expectStatuses();
        subscriptions.all().forEach(wanted -> counters.expect(wanted.channel(), wanted.instrument()));
    }

    private void bindLabelled(MeterRegistry registry) {
        Set<String> reasons = Set.copyOf(DeadLetters.reasons());
        reasons.forEach(reason -> deadLetter(registry, reason));
        deadLetters.onReason(reason -> {
            if (!reasons.contains(reason)) {
                deadLetter(registry, reason);
            }
        });
        Set<String> channels = new TreeSet<>(GAP_CHANNELS);
        subscriptions.all().forEach(wanted -> channels.add(wanted.channel()));
        channels.forEach(channel -> gaps(registry, channel));
        statusLog.onGap(channel ->
                gaps(registry, channels.contains(channel) ? channel : OTHER).increment());
    }

    private void deadLetter(MeterRegistry registry, String reason) {
        FunctionCounter.builder("livefeed.dead.letters", deadLetters, letters -> letters.count(reason))
                .description("Lines that could not be used and events whose step failed")
                .tag("reason", reason)
                .register(registry);
    }

    private static Counter gaps(MeterRegistry registry, String channel) {
        return Counter.builder("livefeed.gaps")
                .description("Holes whose events are lost for good")
                .tag("channel", channel)
                .register(registry);
    }

    @Override
    public void record(long exchangeMicros, long rawMicros, long pathMicros) {
        Timer exchange = exchangeLag;
        if (exchange != null) {
            exchange.record(Math.max(0, exchangeMicros), TimeUnit.MICROSECONDS);
            rawLag.record(Math.max(0, rawMicros), TimeUnit.MICROSECONDS);
            pathLag.record(Math.max(0, pathMicros), TimeUnit.MICROSECONDS);
        }
    }

    private double blockedSeconds() {
        BlockedWatch.Blocked held = feedHealth.blocked();
        return held == null ? 0 : held.millis() / 1000.0;
    }

    private static Timer lag(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private void count(MeterRegistry registry, String name, String description, LongSupplier value) {
        held.add(value);
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry, String name, String description, java.util.function.Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
