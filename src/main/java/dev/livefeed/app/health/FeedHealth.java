package dev.livefeed.app.health;

import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.Maintenances;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.status.Maintenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Derives the state of the feed, and whether it is connected, fresh and ready, from snapshots. Each negative result has
 * a reason.
 */
public final class FeedHealth implements AllFeeds {

    /** Phases caused by the last failure; in other phases that failure is no longer relevant. */
    private static final Set<Phase> FAILED = EnumSet.of(Phase.RETRYING, Phase.EXHAUSTED, Phase.MISCONFIGURED);

    /** Phases that remain even if a line is still in the routes. */
    private static final Set<Phase> OVER = EnumSet.of(Phase.FINISHED, Phase.MISCONFIGURED, Phase.PAUSED, Phase.STOPPED);

    private final Supervisor supervisor;
    private final FeedState feed;
    private final ExpectedData expected;
    private final Market market;
    private final FeedCounters counters;
    private final HealthLimits limits;
    private final boolean synthetic;
    private final BlockedWatch blockedWatch;
    private volatile LimitWatch limitWatch = new LimitWatch(List.of());
    private final FeedReadiness readiness;

    /**
     * Creates the health of the feed.
     *
     * @param synthetic whether the source is known not to be a real exchange
     * @param blocked detects a line that the routes hold
     */
    public FeedHealth(
            Supervisor supervisor,
            FeedState feed,
            Subscriptions subscriptions,
            Market market,
            FeedCounters counters,
            HealthLimits limits,
            boolean synthetic,
            BlockedWatch blocked) {
        this.supervisor = supervisor;
        this.feed = feed;
        this.expected = new ExpectedData(subscriptions, market);
        this.market = market;
        this.counters = counters;
        this.limits = limits;
        this.synthetic = synthetic;
        this.blockedWatch = blocked;
        this.readiness = new FeedReadiness(counters, limits, market::name, subscriptions::confirms, this::unsynced);
    }

    /** Evaluates the current state of the feed. */
    public FeedVerdict verdict() {
        FeedSnapshot now = feed.snapshot();
        BlockedWatch.Blocked blocked = blocked();
        Maintenances.View maintenance = feed.maintenances().view();
        Readiness instruments = readiness.look(now, expected.wanted(), blocked != null);
        return new FeedVerdict(
                now,
                condition(now, instruments, blocked, maintenance.current() != null),
                instruments.fresh(),
                synthetic || now.synthetic(),
                reasons(now, instruments, blocked, maintenance.current()),
                instruments,
                maintenance);
    }

    @Override
    public OverallVerdict overall() {
        return OverallVerdict.of(verdict());
    }

    @Override
    public boolean synthetic(InstrumentId instrument) {
        return synthetic();
    }

    @Override
    public boolean fresh(InstrumentId instrument) {
        return fresh();
    }

    @Override
    public List<String> reasons(InstrumentId instrument) {
        return verdict().reasons();
    }

    /** Sets the limits whose alarms are shown. */
    public void watch(LimitWatch newLimits) {
        limitWatch = newLimits;
    }

    /** Detects interruptions between requests; called every second. */
    public void watch() {
        verdict();
    }

    /** As {@link FeedVerdict#fresh()}, without an evaluation of all instruments. */
    public boolean fresh() {
        return readiness.fresh(feed.snapshot());
    }

    @Override
    public boolean synthetic() {
        return synthetic || feed.reportedSynthetic();
    }

    private FeedCondition condition(
            FeedSnapshot now, Readiness instruments, BlockedWatch.Blocked blocked, boolean maintenance) {
        FeedCondition condition = conditionByItself(now, instruments, blocked, maintenance);
        boolean interrupted = now.phase() == Phase.RUNNING && condition.interrupted();
        return interrupted && maintenance ? FeedCondition.MAINTENANCE : condition;
    }

    private FeedCondition conditionByItself(
            FeedSnapshot now, Readiness instruments, BlockedWatch.Blocked blocked, boolean maintenance) {
        Phase phase = now.phase();
        if (!OVER.contains(phase) && blocked != null) {
            return FeedCondition.BLOCKED;
        }
        if (phase != Phase.RUNNING) {
            return FeedCondition.of(phase);
        }
        if (!now.alive()) {
            return FeedCondition.RETRYING;
        }
        if (now.paused()) {
            return FeedCondition.PAUSED;
        }
        if (now.link().lost()) {
            return FeedCondition.DISCONNECTED;
        }
        if (!now.connected()) {
            return FeedCondition.STARTING;
        }
        boolean quiet = instruments.idle() && !maintenance;
        if (!instruments.fresh() && !quiet) {
            return FeedCondition.STALE;
        }
        if (!now.link().down().isEmpty()) {
            return FeedCondition.DEGRADED;
        }
        if (now.replay()) {
            return FeedCondition.REPLAY;
        }
        return synthetic || now.synthetic() ? FeedCondition.SYNTHETIC : FeedCondition.LIVE;
    }

    /**
     * Conditions that need attention even if the feed is ready: a wrong clock, a maintenance of the exchange, a
     * symbol that is not trading, and wanted channels without data while the feed works. A retired topic or a quiet
     * market can only be noticed this way.
     *
     * @param verdict of the same look at the feed
     */
    public List<String> alarms(FeedVerdict verdict) {
        List<String> alarms = new ArrayList<>(feed.topicFaults().alarms());
        FeedSnapshot now = verdict.feed();
        FeedSnapshot.Clock clock = now.report().clock();
        long offset = clock == null ? 0 : clock.offsetMicros();
        if (Math.abs(offset) > limits.clock().toNanos() / 1_000) {
            alarms.add("the local clock is " + Math.abs(offset) / 1_000 + " ms " + (offset > 0 ? "behind" : "ahead of")
                    + " the exchange's; synchronize it with NTP");
        }
        Maintenance current = verdict.maintenance().current();
        if (current != null) {
            alarms.add("the exchange is under " + Maintenances.text(current));
        }
        verdict.maintenance().soon().forEach(one -> alarms.add("the exchange has announced " + Maintenances.text(one)));
        alarms.addAll(limitWatch.alarms());
        alarms.addAll(feed.limitAlarms());
        alarms.addAll(expected.alarms());
        if (!now.connected()
                || now.paused()
                || now.data().uptimeMillis() < limits.quiet().toMillis()) {
            return alarms;
        }
        for (Subscription s : expected.wanted()) {
            if (s.state() == Subscription.State.REFUSED || s.comesOnChange()) {
                continue; // hours without such an event are normal
            }
            FeedCounters.Channel channel = counters.channel(s.channel(), s.instrument());
            if (channel == null) {
                alarms.add(s.channel() + " of " + market.name(s.instrument()) + ": no data received yet");
            } else if (Math.min(counters.ageMillis(channel), now.playback().resumedMillis())
                    > limits.quiet().toMillis()) {
                alarms.add(s.channel() + " of " + market.name(s.instrument()) + ": no data for "
                        + counters.ageMillis(channel) / 1000 + " s");
            }
        }
        return alarms;
    }

    private List<String> reasons(
            FeedSnapshot now, Readiness instruments, BlockedWatch.Blocked blocked, Maintenance current) {
        List<String> reasons = new ArrayList<>();
        if (blocked != null) {
            reasons.add(blocked.toString());
        }
        Phase phase = now.phase();
        if (phase != Phase.RUNNING) {
            Supervisor.Paused pause = supervisor.paused();
            if (phase == Phase.PAUSED && pause != null) {
                reasons.add("no connector process: " + pause);
                return reasons;
            }
            String failure = FAILED.contains(phase) ? supervisor.lastFailure() : null;
            reasons.add("no connector process: " + phase + (failure == null ? "" : "; the last one " + failure));
            return reasons;
        }
        if (!now.alive()) {
            reasons.add("the connector process has ended");
            return reasons;
        }
        if (now.paused()) {
            Instant position = now.playback().progress().position();
            reasons.add("the replay is paused" + (position == null ? "" : " at " + position));
            return reasons;
        }
        if (current != null && (!instruments.fresh() || !now.link().down().isEmpty())) {
            reasons.add("the exchange is under " + Maintenances.text(current));
        }
        long held = supervisor.commandsHeldMillis();
        if (held > 0) {
            reasons.add("a step of the subscriptions or commands route has held up the commands to the connector for "
                    + held / 1_000 + " s");
        }
        if (now.link().lost()) {
            String why = now.link().reason();
            reasons.add("the connector has lost the exchange" + (why == null ? "" : ": " + why));
        } else if (!now.connected()) {
            reasons.add("no market data yet from this process");
        } else if (!instruments.flowing() || !instruments.fresh() && !instruments.enough()) {
            reasons.add(
                    instruments.fresh()
                            ? "market data comes again, but not yet for READY_AFTER ("
                                    + limits.ready().readyAfter().toMillis() / 1000.0 + " s)"
                            : quiet(now, blocked != null || feed.topicFaults().unreadable()));
        }
        if (!now.link().lost() && instruments.policy().all()) {
            now.link().down().forEach((connection, why) -> reasons.add(UnnamedConnections.down(connection, why)));
        }
        reasons.addAll(instruments.reasons());
        return reasons.stream().distinct().toList();
    }

    private static String quiet(FeedSnapshot now, boolean held) {
        long age = now.data().ageMillis();
        long waited = now.data().waitedMillis();
        if (waited > age / 2) {
            return "the newest market data is " + age / 1000.0 + " s old and waited " + waited / 1000.0
                    + " s for the routes since received_at; a step of a route is slow, or the machine is overloaded";
        }
        if (!held && now.healthy()) {
            long seconds = (age < 0 ? now.data().uptimeMillis() : age) / 1_000;
            return "no market data for " + seconds + " s; the connector and its connection are healthy";
        }
        return age < 0
                ? "no market data yet from this process; subscriptions are confirmed"
                : "the newest market data is " + age / 1000.0 + " s old";
    }

    /** Whether a maintenance of the exchange lasts. */
    public boolean underMaintenance() {
        return feed.maintenances().current() != null;
    }

    /** The blocked line, or null. */
    public BlockedWatch.Blocked blocked() {
        return blockedWatch.now();
    }

    /** Number of times a line was blocked. */
    public long blockedEpisodes() {
        return blockedWatch.episodes();
    }

    @Override
    public String stuck() {
        BlockedWatch.Blocked held = blocked();
        if (held != null && held.millis() > limits.stuck().toMillis() && feed.phase() != Phase.STOPPED) {
            return held.toString();
        }
        return supervisor.unreadMillis() > limits.stuck().toMillis()
                ? "the connector's output is no longer read"
                : null;
    }

    /** The channel depth.N has one book; depth stands for any book of the symbol. */
    private boolean synced(Subscription depth) {
        List<InstrumentId> covered = expected.withBook(depth.instrument());
        return !covered.isEmpty() && covered.stream().allMatch(instrument -> synced(depth.channel(), instrument));
    }

    private boolean synced(String channel, InstrumentId instrument) {
        return channel.equals("depth")
                ? market.synced(instrument)
                : market.synced(instrument, Integer.parseInt(channel.substring("depth.".length())));
    }

    /** Why the book of the subscription is not synced; null if it is, or if there is none. */
    private String unsynced(Subscription depth) {
        if (depth.channel().equals(RpiDepth.CHANNEL)) {
            return feed.topicFaults().suspectBook(depth.channel(), depth.instrument());
        }
        if (!isDepth(depth.channel())) {
            return null;
        }
        if (synced(depth)) {
            return expected.withBook(depth.instrument()).stream()
                    .map(instrument -> feed.topicFaults().suspectBook(depth.channel(), instrument))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (!depth.channel().equals("depth")) {
            return "book " + depth.channel() + " of " + market.name(depth.instrument()) + " is not synced";
        }
        InstrumentId instrument = expected.withBook(depth.instrument()).stream()
                .filter(covered -> !synced(depth.channel(), covered))
                .findFirst()
                .orElse(depth.instrument());
        BookView book = market.book(instrument, 0);
        return "book of " + market.name(instrument) + " is "
                + (book == null ? "empty: no depth yet" : book.state() + ": " + book.reason());
    }

    private static boolean isDepth(String channel) {
        return Depth.carriedBy(channel);
    }
}
