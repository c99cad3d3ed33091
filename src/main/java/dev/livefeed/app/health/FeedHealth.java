package dev.livefeed.app.health;

import dev.livefeed.app.feed.Feed;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Liquidation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Judges the feed as a whole. Connected, fresh and ready are three answers; each no has its reason. */
public final class FeedHealth {

    /** Phases that are due to the last failure; in others it is history. */
    private static final Set<Phase> FAILED = EnumSet.of(Phase.RETRYING, Phase.EXHAUSTED, Phase.MISCONFIGURED);

    /** Phases that no line which is still inside the routes changes. */
    private static final Set<Phase> OVER = EnumSet.of(Phase.FINISHED, Phase.MISCONFIGURED, Phase.STOPPED);

    private final Supervisor supervisor;
    private final Feed feed;
    private final Subscriptions subscriptions;
    private final Market market;
    private final FeedCounters counters;
    private final Duration fresh;
    private final Duration quiet;
    private final Duration clockLimit;
    private final boolean synthetic;
    private final BlockedWatch blockedWatch;
    private final Duration stuck;

    /**
     * @param fresh market data younger than this is fresh
     * @param quiet a wanted channel that has been silent for longer is an alarm
     * @param clockLimit an exchange's clock that differs more from ours is an alarm
     * @param synthetic whether the source is known to be none of a real exchange
     * @param blocked knows which line the routes hold
     * @param stuck a line that they hold for longer is a fault of the application
     */
    public FeedHealth(
            Supervisor supervisor,
            Feed feed,
            Subscriptions subscriptions,
            Market market,
            FeedCounters counters,
            Duration fresh,
            Duration quiet,
            Duration clockLimit,
            boolean synthetic,
            BlockedWatch blocked,
            Duration stuck) {
        this.supervisor = supervisor;
        this.feed = feed;
        this.subscriptions = subscriptions;
        this.market = market;
        this.counters = counters;
        this.fresh = fresh;
        this.quiet = quiet;
        this.clockLimit = clockLimit;
        this.synthetic = synthetic;
        this.blockedWatch = blocked;
        this.stuck = stuck;
    }

    /**
     * A process runs, has delivered market data or had a subscription confirmed, and has not lost the exchange since.
     */
    public boolean connected() {
        return supervisor.phase() == Phase.RUNNING && supervisor.alive() && feed.connected();
    }

    /** Connected, and the newest market data is young. */
    public boolean fresh() {
        long age = feed.dataAgeMillis();
        return connected() && age >= 0 && age <= fresh.toMillis();
    }

    /** Fresh, nothing refused, every book synced. */
    public boolean ready() {
        return reasons().isEmpty();
    }

    public boolean synthetic() {
        return synthetic || feed.saidSynthetic();
    }

    /**
     * One word for the whole: blocked (a step of a route holds the feed up), live, synthetic, replay (recorded data),
     * degraded (some connections are down, others are not), starting, stale, disconnected, or the phase of the
     * supervision.
     */
    public String state() {
        Phase phase = supervisor.phase();
        if (!OVER.contains(phase) && blocked() != null) {
            return "blocked";
        }
        if (phase != Phase.RUNNING) {
            return phase == Phase.IDLE ? "starting" : phase.toString();
        }
        if (!supervisor.alive()) {
            return Phase.RETRYING.toString();
        }
        if (feed.disconnected()) {
            return "disconnected";
        }
        if (!connected()) {
            return "starting";
        }
        if (!fresh()) {
            return "stale";
        }
        if (!feed.connectionsDown().isEmpty()) {
            return "degraded";
        }
        if (feed.saidReplay()) {
            return "replay";
        }
        return synthetic() ? "synthetic" : "live";
    }

    /**
     * What somebody should look at although the feed may be ready: a clock that is wrong, a symbol that is not
     * trading, and wanted channels that are silent while the feed is up. A retired topic says nothing, a quiet market
     * neither.
     */
    public List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        long offset = feed.clockOffsetMicros();
        if (Math.abs(offset) > clockLimit.toNanos() / 1_000) {
            alarms.add("the clock here is " + Math.abs(offset) / 1_000 + " ms " + (offset > 0 ? "behind" : "ahead of")
                    + " the exchange's: set it by NTP");
        }
        for (InstrumentId instrument : market.listed()) {
            String trouble = market.listing(instrument).trouble();
            if (trouble != null) {
                alarms.add(market.name(instrument) + ' ' + trouble);
            }
        }
        long up = feed.uptimeMillis();
        if (!connected() || up < quiet.toMillis()) {
            return alarms;
        }
        for (Subscription s : subscriptions.all()) {
            if (s.state() == Subscription.State.REFUSED || s.channel().equals(Liquidation.CHANNEL)) {
                continue; // hours without a liquidation are usual
            }
            FeedCounters.Channel channel = counters.channel(s.channel(), s.instrument());
            if (channel == null) {
                alarms.add(s.channel() + " of " + market.name(s.instrument()) + ": nothing has ever come");
            } else if (counters.ageMillis(channel) > quiet.toMillis()) {
                alarms.add(s.channel() + " of " + market.name(s.instrument()) + ": nothing for "
                        + counters.ageMillis(channel) / 1000 + " s");
            }
        }
        return alarms;
    }

    /** Why the feed is not ready; empty where it is. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        BlockedWatch.Blocked blocked = blocked();
        if (blocked != null) {
            reasons.add(blocked.toString());
        }
        Phase phase = supervisor.phase();
        if (phase != Phase.RUNNING) {
            String failure = FAILED.contains(phase) ? supervisor.lastFailure() : null;
            reasons.add("no connector process: " + phase + (failure == null ? "" : "; the last one " + failure));
            return reasons;
        }
        if (!supervisor.alive()) {
            reasons.add("the connector process has ended");
            return reasons;
        }
        long held = supervisor.commandsHeldMillis();
        if (held > 0) {
            reasons.add("a step of the subscriptions or commands route has held up the commands to the connector for "
                    + held / 1_000 + " s");
        }
        if (feed.disconnected()) {
            String why = feed.disconnectReason();
            reasons.add("the connector has lost the exchange" + (why == null ? "" : ": " + why));
        } else if (!feed.connected()) {
            reasons.add("no market data yet from this process");
        } else if (!fresh()) {
            reasons.add(quiet(blocked != null));
        }
        if (!feed.disconnected()) {
            feed.connectionsDown()
                    .forEach((connection, why) -> reasons.add("connection " + connection + " is down: " + why));
        }
        for (Subscription s : subscriptions.all()) {
            if (s.state() == Subscription.State.REFUSED) {
                reasons.add(s.channel() + " of " + market.name(s.instrument()) + " refused: " + s.reason());
            } else if (isDepth(s.channel()) && !synced(s)) {
                reasons.add(unsynced(s));
            }
        }
        return reasons;
    }

    private String quiet(boolean held) {
        long age = feed.dataAgeMillis();
        if (!held && feed.well()) {
            long seconds = (age < 0 ? feed.uptimeMillis() : age) / 1_000;
            return "no market data for " + seconds + " s; the connector and its connection are well";
        }
        return age < 0
                ? "no market data yet from this process; subscriptions are confirmed"
                : "the newest market data is " + age / 1000.0 + " s old";
    }

    /** The line that a step holds, or null. */
    public BlockedWatch.Blocked blocked() {
        return blockedWatch.now();
    }

    /** How often a step has held a line for too long. */
    public long blockedEpisodes() {
        return blockedWatch.episodes();
    }

    /** Why the application cannot go on by itself, or null: what a restart of it would help against. */
    public String stuck() {
        BlockedWatch.Blocked held = blocked();
        if (held != null && held.millis() > stuck.toMillis() && supervisor.phase() != Phase.STOPPED) {
            return held.toString();
        }
        return supervisor.unreadMillis() > stuck.toMillis() ? "the connector's lines are not read any more" : null;
    }

    /** The channel depth.N is of one book, depth of whichever there are. */
    private boolean synced(Subscription depth) {
        return depth.channel().equals("depth")
                ? market.synced(depth.instrument())
                : market.synced(
                        depth.instrument(), Integer.parseInt(depth.channel().substring("depth.".length())));
    }

    private String unsynced(Subscription depth) {
        if (!depth.channel().equals("depth")) {
            return "book " + depth.channel() + " of " + market.name(depth.instrument()) + " is not synced";
        }
        BookView book = market.book(depth.instrument(), 0);
        return "book of " + market.name(depth.instrument()) + " is "
                + (book == null ? "empty: no depth yet" : book.state() + ": " + book.reason());
    }

    private static boolean isDepth(String channel) {
        return channel.equals("depth") || channel.startsWith("depth.");
    }
}
