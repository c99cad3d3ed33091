package dev.livefeed.app.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.app.api.response.ConnectorBody;
import dev.livefeed.app.api.response.MaintenanceBody;
import dev.livefeed.app.api.response.ReadinessBody;
import dev.livefeed.app.backfill.BackfillProgress;
import dev.livefeed.app.feed.AccountState;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Maintenances;
import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.health.FeedVerdict;
import dev.livefeed.app.process.ConnectorEnd;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Heartbeat.BookCounts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of {@code GET /ws/health} about the connector: its connection, readiness and process. */
public final class ConnectorPayload {

    /** UTC instants in the format of Python's {@code isoformat()}: 2024-06-03T12:00:00+00:00. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]xxx");

    /** Keeps the digits of numbers as the connector sent them. */
    private static final ObjectMapper FIGURES = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static final int MAX_LISTED = 200;
    private static final long PERCENT = 100;
    /** Ends of processes that are shown; the stream has all that are kept. */
    private static final int RESTARTS = 10;

    private final String source;
    private final FeedHealth feedHealth;
    private final Supervisor supervisor;
    private final AccountState account;
    private final FeedCounters counters;
    private final StatusLog statusLog;
    private final Secrets secrets;
    private final BackfillProgress backfill;

    /**
     * @param source name of the data source
     * @param backfill the progress of its backfill
     */
    public ConnectorPayload(
            String source,
            FeedHealth feedHealth,
            Supervisor supervisor,
            AccountState account,
            FeedCounters counters,
            StatusLog statusLog,
            Secrets secrets,
            BackfillProgress backfill) {
        this.backfill = backfill;
        this.source = source;
        this.feedHealth = feedHealth;
        this.supervisor = supervisor;
        this.account = account;
        this.counters = counters;
        this.statusLog = statusLog;
        this.secrets = secrets;
    }

    /** One look at the feed, for all sections of one answer. */
    FeedVerdict verdict() {
        return feedHealth.verdict();
    }

    ConnectorBody body(FeedVerdict verdict, List<String> alarms) {
        FeedSnapshot now = verdict.feed();
        return new ConnectorBody(
                new ConnectorBody.Connection(
                        verdict.connected(),
                        timestamp(now.data().lastTimestampMicros()),
                        supervisor.queueSize(),
                        supervisor.attempt()),
                new ConnectorBody.ReadinessState(
                        verdict.state().toString(),
                        source,
                        verdict.synthetic(),
                        verdict.fresh(),
                        verdict.ready(),
                        verdict.reasons().stream()
                                .limit(MAX_LISTED)
                                .map(secrets::redact)
                                .toList(),
                        alarms,
                        ReadinessBody.of(verdict.readiness(), secrets::redact)),
                blocked(),
                clock(now.report().clock()),
                account(),
                maintenance(verdict.maintenance()),
                progress(now.report()),
                process(now));
    }

    List<String> alarms(FeedVerdict verdict) {
        return feedHealth.alarms(verdict);
    }

    /** This section as text for the health log line. */
    String line() {
        FeedVerdict verdict = feedHealth.verdict();
        long age = verdict.feed().data().ageMillis();
        String progress = ProgressText.of(progress(verdict.feed().report()));
        return "state=" + verdict.state() + " process_alive=" + verdict.feed().alive() + " queue_size="
                + supervisor.queueSize() + " error_count=" + supervisor.errors() + " seconds_since_last_event="
                + (age < 0 ? "none" : age / 1000.0)
                + (progress.isEmpty() ? "" : " progress=\"" + progress + '"');
    }

    /** How far it is with what takes a while after a start. */
    ConnectorBody.Progress progress() {
        return progress(feedHealth.verdict().feed().report());
    }

    private ConnectorBody.Progress progress(FeedSnapshot.Report report) {
        long eta = backfill.etaSeconds();
        return new ConnectorBody.Progress(
                new ConnectorBody.BackfillSteps(
                        backfill.status().toString(),
                        backfill.current(),
                        backfill.total(),
                        backfill.percentage(),
                        eta < 0 ? null : eta,
                        backfill.filled(),
                        backfill.trades(),
                        backfill.failed()),
                snapshots(report));
    }

    private static ConnectorBody.Snapshots snapshots(FeedSnapshot.Report report) {
        BookCounts figures = report.received() ? report.heartbeat().books() : null;
        if (figures == null || figures.snapshotsWaiting() == null) {
            return null;
        }
        long books = figures.books() == null ? 0 : figures.books();
        long synced = figures.booksSynced() == null ? 0 : figures.booksSynced();
        return new ConnectorBody.Snapshots(
                books, synced, figures.snapshotsWaiting(), books == 0 ? 0 : (int) (PERCENT * synced / books));
    }

    private List<MaintenanceBody> maintenance(Maintenances.View maintenance) {
        return maintenance.open().stream()
                .map(one -> new MaintenanceBody(
                        secrets.redact(one.announcement()),
                        secrets.redact(one.title()),
                        secrets.redact(one.state()),
                        time(one.begin()),
                        time(one.end()),
                        one.categories(),
                        one == maintenance.current()))
                .toList();
    }

    private static String time(Instant at) {
        return at == null ? null : timestamp(Times.micros(at));
    }

    private ConnectorBody.Account account() {
        AccountState.View view = account.view();
        return new ConnectorBody.Account(
                view.state().toString(),
                secrets.redact(view.code()),
                secrets.redact(view.reason()),
                secrets.redact(view.advice()),
                view.since() == null ? null : timestamp(Times.micros(view.since())),
                account.gaps());
    }

    /** The line that a route step has been processing for too long, or null. */
    private ConnectorBody.Blocked blocked() {
        BlockedWatch.Blocked held = feedHealth.blocked();
        return held == null
                ? null
                : new ConnectorBody.Blocked(
                        held.place().route(),
                        held.place().step(),
                        held.millis() / 1000.0,
                        held.place().type(),
                        held.place().symbol(),
                        held.place().category());
    }

    /** Null if no connector has measured it. */
    private static ConnectorBody.Clock clock(FeedSnapshot.Clock clock) {
        return clock == null
                ? null
                : new ConnectorBody.Clock(clock.offsetMicros() / 1000.0, clock.uncertaintyMicros() / 1000.0);
    }

    private ConnectorBody.Process process(FeedSnapshot now) {
        long pid = supervisor.pid();
        return new ConnectorBody.Process(
                new ConnectorBody.Now(
                        now.alive(),
                        pid < 0 ? null : pid,
                        supervisor.queueSize(),
                        supervisor.errors() + statusLog.failures(),
                        now.phase().toString(),
                        seconds(now.data().uptimeMillis()),
                        seconds(now.data().ageMillis())),
                new ConnectorBody.Counts(
                        supervisor.starts(),
                        supervisor.retries(),
                        supervisor.exhaustedRounds(),
                        supervisor.errors(),
                        statusLog.failures(),
                        now.losses().disconnects(),
                        feedHealth.blockedEpisodes()),
                down(now.link()),
                new ConnectorBody.LastEnd(
                        supervisor.lastExit(), supervisor.lastFailure(), supervisor.stderr(), restarts()),
                counters.statuses(),
                FIGURES.valueToTree(now.report().shown()));
    }

    private List<ConnectorBody.Restart> restarts() {
        List<ConnectorEnd> all = supervisor.ends().last();
        return all.subList(Math.max(0, all.size() - RESTARTS), all.size()).stream()
                .map(end -> new ConnectorBody.Restart(
                        end.startedAt(),
                        end.endedAt(),
                        end.attempt(),
                        end.reason(),
                        end.exitStatus(),
                        end.stderr(),
                        end.freshAfterMillis()))
                .toList();
    }

    private static Double seconds(long millis) {
        return millis < 0 ? null : millis / 1000.0;
    }

    private Map<String, String> down(FeedSnapshot.Link link) {
        Map<String, String> down = new LinkedHashMap<>();
        link.down().forEach((connection, reason) -> down.put(connection, secrets.redact(reason)));
        return down;
    }

    private static String timestamp(long micros) {
        return micros < 0 ? null : ISO.format(Times.instant(micros).atOffset(ZoneOffset.UTC));
    }
}
