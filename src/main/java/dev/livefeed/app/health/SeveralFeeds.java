package dev.livefeed.app.health;

import dev.livefeed.app.process.standby.StandbySource;
import dev.livefeed.app.settings.ReadyPolicy;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Several sources that run side by side. {@code READY_WHEN} counts the wanted instruments of all: with {@code all}
 * every source must be ready, with a share or {@code any} one that is down counts with all its instruments. Of a source
 * and its standby, only the one that is used counts.
 */
public final class SeveralFeeds implements AllFeeds {

    private static final Set<FeedCondition> GOOD =
            EnumSet.of(FeedCondition.LIVE, FeedCondition.SYNTHETIC, FeedCondition.REPLAY);

    private final ReadyPolicy policy;
    private final Map<String, FeedHealth> byVenue;
    private final StandbySource standby;

    /** @param byVenue in the configured order, at least one */
    public SeveralFeeds(ReadyPolicy policy, Map<String, FeedHealth> byVenue) {
        this(policy, byVenue, null);
    }

    /**
     * @param byVenue in the configured order, at least one
     * @param standby says which of two sources is used; null if all are
     */
    public SeveralFeeds(ReadyPolicy policy, Map<String, FeedHealth> byVenue, StandbySource standby) {
        this.standby = standby;
        this.policy = policy;
        this.byVenue = new LinkedHashMap<>(byVenue);
    }

    @Override
    public OverallVerdict overall() {
        Map<String, FeedVerdict> verdicts = new LinkedHashMap<>();
        String idle = standby == null ? null : standby.idle();
        byVenue.forEach((venue, health) -> {
            if (!venue.equals(idle)) {
                verdicts.put(venue, health.verdict());
            }
        });
        return overall(verdicts);
    }

    private OverallVerdict overall(Map<String, FeedVerdict> verdicts) {
        Collection<FeedVerdict> all = verdicts.values();
        Readiness readiness = readiness(all);
        boolean ready = policy.all()
                ? all.stream().allMatch(FeedVerdict::ready)
                : readiness.enough() && readiness.flowing() && !blocked(all);
        return new OverallVerdict(
                state(all),
                all.stream().allMatch(FeedVerdict::connected),
                all.stream().allMatch(FeedVerdict::fresh),
                all.stream().anyMatch(FeedVerdict::synthetic),
                ready ? List.of() : reasons(verdicts),
                readiness);
    }

    private Readiness readiness(Collection<FeedVerdict> all) {
        int wanted = 0;
        int ready = 0;
        List<Readiness.Unready> unready = new ArrayList<>();
        for (FeedVerdict verdict : all) {
            Readiness one = verdict.readiness();
            wanted += one.wanted();
            ready += one.flowing() ? one.ready() : 0;
            one.unready().stream().limit(Readiness.MAX_LISTED - unready.size()).forEach(unready::add);
        }
        return new Readiness(
                policy,
                wanted,
                ready,
                unready,
                all.stream().allMatch(verdict -> verdict.readiness().idle()),
                all.stream().allMatch(verdict -> verdict.readiness().fresh()),
                all.stream().anyMatch(verdict -> verdict.readiness().flowing()));
    }

    private static boolean blocked(Collection<FeedVerdict> all) {
        return all.stream().anyMatch(verdict -> verdict.state() == FeedCondition.BLOCKED);
    }

    /** The reasons of each source with its venue; a text that all share, such as a blocked step, once. */
    private List<String> reasons(Map<String, FeedVerdict> verdicts) {
        List<String> reasons = new ArrayList<>();
        verdicts.forEach((venue, verdict) -> verdict.reasons().forEach(reason -> reasons.add(venue + ": " + reason)));
        if (reasons.isEmpty()) {
            reasons.addAll(readiness(verdicts.values()).reasons());
        }
        return reasons;
    }

    /** The state that all share; degraded if some are well and others are not, else that of the first one. */
    private FeedCondition state(Collection<FeedVerdict> all) {
        FeedCondition used = stateOf(all);
        boolean switched = standby != null && standby.active() != null;
        return switched && GOOD.contains(used) ? FeedCondition.DEGRADED : used;
    }

    private static FeedCondition stateOf(Collection<FeedVerdict> all) {
        List<FeedCondition> states = all.stream().map(FeedVerdict::state).toList();
        FeedCondition first = states.get(0);
        long good = states.stream().filter(GOOD::contains).count();
        if (good == states.size()) {
            return states.contains(FeedCondition.SYNTHETIC) ? FeedCondition.SYNTHETIC : first;
        }
        return good > 0 ? FeedCondition.DEGRADED : first;
    }

    private FeedHealth of(InstrumentId instrument) {
        FeedHealth health = byVenue.get(String.valueOf(instrument.venue()));
        return health == null ? byVenue.values().iterator().next() : health;
    }

    @Override
    public boolean synthetic() {
        return byVenue.values().stream().anyMatch(FeedHealth::synthetic);
    }

    @Override
    public boolean synthetic(InstrumentId instrument) {
        return of(instrument).synthetic();
    }

    @Override
    public List<String> reasons(InstrumentId instrument) {
        return of(instrument).verdict().reasons();
    }

    @Override
    public boolean fresh(InstrumentId instrument) {
        return of(instrument).fresh();
    }

    @Override
    public String stuck() {
        return byVenue.values().stream()
                .map(FeedHealth::stuck)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
