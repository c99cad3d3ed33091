package dev.livefeed.app.health;

import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Judges the wanted instruments one by one. Must be asked at least once a second to notice short interruptions. */
final class FeedReadiness {

    private final FeedCounters counters;
    private final HealthLimits limits;
    private final Function<InstrumentId, String> names;
    private final BooleanSupplier confirms;
    private final Function<Subscription, String> unsynced;
    private final Map<InstrumentId, InstrumentReadiness> instruments = new LinkedHashMap<>();
    /** Whether the feed as a whole has fresh data. */
    private final Hysteresis flow;

    /** Whether the feed was ready at the last look. */
    private boolean wasReady;

    /** Until when the newest data of any instrument is as recent as usual, as of the last look. */
    private volatile long freshUntil = Long.MIN_VALUE;

    /**
     * @param names of instruments, for messages
     * @param confirms whether the connector has confirmed any subscription
     * @param unsynced returns why the book of a subscription is not synced, or null
     */
    FeedReadiness(
            FeedCounters counters,
            HealthLimits limits,
            Function<InstrumentId, String> names,
            BooleanSupplier confirms,
            Function<Subscription, String> unsynced) {
        this.counters = counters;
        this.limits = limits;
        this.names = names;
        this.confirms = confirms;
        this.unsynced = unsynced;
        this.flow = new Hysteresis(limits.ready());
    }

    /**
     * Looks at all instruments.
     *
     * @param wanted the subscriptions that count; none only if each instrument has ended or is reported in a phase
     *     without trading: then no data is expected
     * @param held whether a step of a route holds up the feed
     */
    synchronized Readiness look(FeedSnapshot feed, List<Subscription> wanted, boolean held) {
        Map<InstrumentId, List<Subscription>> byInstrument = new LinkedHashMap<>();
        wanted.forEach(s -> byInstrument
                .computeIfAbsent(s.instrument(), any -> new ArrayList<>())
                .add(s));
        // Of an instrument with nothing but channels that may be silent for days, only what is known counts.
        byInstrument.values().removeIf(all -> all.stream()
                .allMatch(s -> s.comesOnChange()
                        && s.state() != Subscription.State.REFUSED
                        && unconfirmed(s, feed) == null
                        && disconnected(s, feed.link()).isEmpty()));
        instruments.keySet().retainAll(byInstrument.keySet());
        long until = Long.MIN_VALUE;
        long late = feed.data().ageMillis() - limits.fresh().toMillis();
        int ready = 0;
        List<Readiness.Unready> unready = new ArrayList<>();
        for (Map.Entry<InstrumentId, List<Subscription>> entry : byInstrument.entrySet()) {
            InstrumentReadiness instrument = instruments.computeIfAbsent(entry.getKey(), this::joined);
            List<String> reasons = look(instrument, entry.getValue(), feed, held);
            until = Math.max(until, instrument.freshUntil());
            late = Math.min(late, instrument.overdue());
            if (reasons.isEmpty() && feed.connected()) {
                ready++;
            } else if (unready.size() < Readiness.MAX_LISTED) {
                unready.add(new Readiness.Unready(names.apply(entry.getKey()), reasons));
            }
        }
        freshUntil = until;
        boolean fresh = fresh(feed);
        Readiness readiness = new Readiness(
                limits.ready().policy(),
                byInstrument.size(),
                ready,
                unready,
                wanted.isEmpty(),
                fresh,
                flowing(feed, fresh || wanted.isEmpty(), Math.max(0, late)));
        wasReady = readiness.flowing() && readiness.enough();
        return readiness;
    }

    /** One that is wanted from now on, or is trading from now on, is no reason against the readiness of the others. */
    private InstrumentReadiness joined(InstrumentId id) {
        InstrumentReadiness instrument = new InstrumentReadiness(names.apply(id), limits);
        if (wasReady) {
            instrument.joinsReadyFeed();
        }
        return instrument;
    }

    /** Whether the feed is connected and its newest data, or that of any instrument, is as recent as usual. */
    boolean fresh(FeedSnapshot feed) {
        return feed.fresh(limits.fresh().toMillis())
                || feed.connected() && !feed.paused() && counters.clockMillis() <= freshUntil;
    }

    private List<String> look(
            InstrumentReadiness instrument, List<Subscription> subscriptions, FeedSnapshot feed, boolean held) {
        if (feed.phase() != Phase.RUNNING || !feed.alive()) {
            instrument.reset();
            return List.of();
        }
        if (!feed.connected()) {
            return instrument.lost(subscriptions, unsynced);
        }
        if (feed.paused()) {
            List<String> reasons = new ArrayList<>(List.of("the replay is paused"));
            reasons.addAll(instrument.lost(subscriptions, unsynced));
            return reasons;
        }
        Set<String> disconnected = new LinkedHashSet<>();
        subscriptions.forEach(s -> disconnected.addAll(disconnected(s, feed.link())));
        if (!disconnected.isEmpty()) {
            List<String> reasons = new ArrayList<>(disconnected);
            reasons.addAll(instrument.lost(subscriptions, unsynced));
            return reasons;
        }
        UnnamedConnections.Doubt doubt =
                instrument.connections().look(subscriptions, s -> newest(s, feed), feed.link(), held);
        long newest = -1;
        for (Subscription subscription : subscriptions) {
            newest = Math.max(newest, newest(subscription, feed));
        }
        return instrument.look(
                subscriptions, newest, counters.clockMillis(), !held && doubt == null, doubt, subscription -> {
                    String fault = unsynced.apply(subscription);
                    return fault != null ? fault : unconfirmed(subscription, feed);
                });
    }

    /** Time of the newest event of the subscription from the running process, after a pause since its end, or -1. */
    private long newest(Subscription subscription, FeedSnapshot feed) {
        FeedCounters.Channel channel = counters.channel(subscription.channel(), subscription.instrument());
        long since = Math.min(feed.data().uptimeMillis(), feed.playback().resumedMillis());
        boolean counts = channel != null && channel.lastMillis() >= counters.clockMillis() - since;
        return counts ? channel.lastMillis() : -1;
    }

    /**
     * Why nothing shows that the subscription works, or null. A connector that confirms none is judged by its data. A
     * book without data is not synced.
     */
    private String unconfirmed(Subscription subscription, FeedSnapshot feed) {
        boolean open =
                subscription.state() == Subscription.State.WANTED || subscription.state() == Subscription.State.ASKED;
        return open
                        && confirms.getAsBoolean()
                        && !Depth.carriedBy(subscription.channel())
                        && newest(subscription, feed) < 0
                ? subscription.channel() + " of " + names.apply(subscription.instrument())
                        + " is not confirmed by the connector, which confirmed others, and no data has come"
                : null;
    }

    /** Why nothing comes for the subscription: a connection that is known to carry it is down. */
    private static List<String> disconnected(Subscription s, FeedSnapshot.Link link) {
        if (link.down().isEmpty() || s.state() == Subscription.State.REFUSED) {
            return List.of();
        }
        return s.connections().stream()
                .filter(link.down()::containsKey)
                .map(connection ->
                        UnnamedConnections.down(connection, link.down().get(connection)))
                .toList();
    }

    private boolean flowing(FeedSnapshot feed, boolean fresh, long late) {
        if (feed.phase() != Phase.RUNNING || !feed.alive()) {
            flow.reset();
            return false;
        }
        if (!feed.connected() || feed.paused()) {
            flow.drop();
            return false;
        }
        long now = counters.clockMillis();
        return flow.update(fresh, fresh ? now : now - late, now);
    }
}
