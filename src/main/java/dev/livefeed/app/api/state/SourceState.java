package dev.livefeed.app.api.state;

import dev.livefeed.app.api.response.ConnectorBody;
import dev.livefeed.app.feed.FaultsOfToday;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.RecentLag;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.health.FeedVerdict;
import dev.livefeed.app.process.NextStart;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.protocol.model.InstrumentId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The parts of a source from which its trust is read. */
public final class SourceState {

    private static final int MAX_LISTED = 200;
    private static final double MICROS = 1000.0;
    /** Phases in which no further start is planned. */
    private static final Set<Phase> OVER =
            EnumSet.of(Phase.FINISHED, Phase.MISCONFIGURED, Phase.PAUSED, Phase.STOPPED, Phase.IDLE);

    /**
     * @param instruments those that are configured
     * @param retries of a round
     */
    public record Identity(String venue, String source, Supplier<List<InstrumentId>> instruments, int retries) {}

    private final Identity identity;
    private final FeedHealth health;
    private final Supervisor supervisor;
    private final RecentLag lag;
    private final FaultsOfToday today;
    private final UnaryOperator<String> redact;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final SteadyTime lastEvent = new SteadyTime();
    private final SteadyTime blockedSince = new SteadyTime();

    /** @param redact removes secrets */
    public SourceState(
            Identity identity,
            FeedHealth health,
            Supervisor supervisor,
            RecentLag lag,
            FaultsOfToday today,
            UnaryOperator<String> redact) {
        this.identity = identity;
        this.health = health;
        this.supervisor = supervisor;
        this.lag = lag;
        this.today = today;
        this.redact = redact;
    }

    Identity identity() {
        return identity;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    FeedVerdict verdict() {
        return health.verdict();
    }

    TrustBody.SourceTrust body(FeedVerdict verdict) {
        FeedSnapshot feed = verdict.feed();
        return new TrustBody.SourceTrust(
                identity.venue(),
                identity.source(),
                new TrustBody.FeedTrust(
                        verdict.state().toString(),
                        verdict.connected(),
                        verdict.fresh(),
                        verdict.ready(),
                        verdict.synthetic(),
                        redacted(verdict.reasons())),
                feed.replay(),
                redacted(health.alarms(verdict)),
                new TrustBody.Process(process(feed), retry(feed.phase()), down(feed.link()), blocked()),
                new TrustBody.Figures(lastEvent.ago(feed.data().ageMillis()), lag(), clock(feed)),
                today());
    }

    private List<String> redacted(List<String> texts) {
        return texts.stream().limit(MAX_LISTED).map(redact).toList();
    }

    private TrustBody.ProcessBody process(FeedSnapshot feed) {
        long pid = supervisor.pid();
        return new TrustBody.ProcessBody(
                feed.alive(), pid < 0 ? null : pid, feed.phase().toString(), supervisor.startedAt());
    }

    private TrustBody.Retry retry(Phase phase) {
        NextStart next = OVER.contains(phase) ? null : supervisor.nextStart();
        return next == null
                ? null
                : new TrustBody.Retry(next.attempt(), identity.retries(), supervisor.exhaustedRounds(), next.at());
    }

    private Map<String, String> down(FeedSnapshot.Link link) {
        Map<String, String> down = new LinkedHashMap<>();
        link.down().forEach((connection, reason) -> down.put(connection, redact.apply(reason)));
        return down;
    }

    private TrustBody.Blocked blocked() {
        BlockedWatch.Blocked held = health.blocked();
        Instant since = blockedSince.ago(held == null ? -1 : held.millis());
        return held == null
                ? null
                : new TrustBody.Blocked(held.place().route(), held.place().step(), since);
    }

    private TrustBody.Lag lag() {
        RecentLag.Quantiles now = lag.quantiles();
        return now == null ? null : new TrustBody.Lag(now.p50Micros() / MICROS, now.p99Micros() / MICROS, now.events());
    }

    private static ConnectorBody.Clock clock(FeedSnapshot feed) {
        FeedSnapshot.Clock clock = feed.report().clock();
        return clock == null
                ? null
                : new ConnectorBody.Clock(clock.offsetMicros() / MICROS, clock.uncertaintyMicros() / MICROS);
    }

    private TrustBody.Today today() {
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
        return new TrustBody.Today(
                startedAt.isAfter(midnight) ? startedAt : midnight,
                today.gaps(),
                today.repairedTrades(),
                today.resyncs(),
                today.disconnects(),
                supervisor.ends().today());
    }
}
