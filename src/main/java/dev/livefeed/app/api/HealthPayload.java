package dev.livefeed.app.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.app.api.response.ConnectorBody;
import dev.livefeed.app.api.response.HealthResponse;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.api.response.QueueBody;
import dev.livefeed.app.api.response.StreamBody;
import dev.livefeed.app.feed.AccountState;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.Feed;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.health.BlockedWatch;
import dev.livefeed.app.health.FeedHealth;
import dev.livefeed.app.health.QueueHealth;
import dev.livefeed.app.health.StateHealth;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.SymbolView;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.stream.StreamFigures;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code GET /ws/health}: the shape of the existing system, and more inside. It has no state of its own and never
 * guesses.
 */
public final class HealthPayload {

    /** As Python writes UTC instants: 2024-06-03T12:00:00+00:00. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]xxx");

    private static final int MAX_LISTED = 200;
    /** Keeps numbers as the connector wrote them. */
    private static final ObjectMapper FIGURES = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final String source;
    private final FeedHealth judge;
    private final Supervisor supervisor;
    private final Feed feed;
    private final FeedCounters counters;
    private final Subscriptions subscriptions;
    private final Market market;
    private final DeadLetters deadLetters;
    private final StatusLog statusLog;
    private final Secrets secrets;
    private final StreamFigures stream;
    private final StateHealth state;
    private final QueueHealth queues;
    private final ApplicationState application;

    /**
     * @param source name of the data source
     * @param application what the application says of itself: version, routes
     */
    public HealthPayload(
            String source,
            FeedHealth judge,
            Supervisor supervisor,
            Feed feed,
            FeedCounters counters,
            Subscriptions subscriptions,
            Market market,
            DeadLetters deadLetters,
            StatusLog statusLog,
            Secrets secrets,
            StreamFigures stream,
            StateHealth state,
            QueueHealth queues,
            ApplicationState application) {
        this.source = source;
        this.judge = judge;
        this.supervisor = supervisor;
        this.feed = feed;
        this.counters = counters;
        this.subscriptions = subscriptions;
        this.market = market;
        this.deadLetters = deadLetters;
        this.statusLog = statusLog;
        this.secrets = secrets;
        this.stream = stream;
        this.state = state;
        this.queues = queues;
        this.application = application;
    }

    /** The whole payload. */
    public HealthResponse payload() {
        return new HealthResponse(
                connector(),
                topics(),
                instruments(),
                new HealthResponse.Letters(deadLetters.total(), deadLetters.byReason()),
                StreamBody.of(stream),
                state.views(),
                queues(),
                application.payload());
    }

    /** The line of the health log. */
    public String line() {
        long age = feed.dataAgeMillis();
        return "state=" + judge.state() + " process_alive=" + supervisor.alive() + " queue_size="
                + supervisor.queueSize() + " error_count=" + supervisor.errors() + " seconds_since_last_event="
                + (age < 0 ? "none" : age / 1000.0) + " trades=" + counters.trades() + " depth=" + counters.depths()
                + " gaps=" + market.gaps() + " dead_letters=" + deadLetters.total();
    }

    private ConnectorBody connector() {
        List<String> reasons = judge.reasons();
        return new ConnectorBody(
                new ConnectorBody.Connection(
                        judge.connected(),
                        timestamp(feed.lastTimestampMicros()),
                        supervisor.queueSize(),
                        supervisor.attempt()),
                new ConnectorBody.Readiness(
                        judge.state(),
                        source,
                        judge.synthetic(),
                        judge.fresh(),
                        reasons.isEmpty(),
                        reasons.stream().limit(MAX_LISTED).map(secrets::redact).toList(),
                        alarms()),
                blocked(),
                clock(),
                account(),
                process());
    }

    private List<String> alarms() {
        return Stream.of(
                        application.alarms().stream().map(secrets::redact),
                        state.alarms().stream().map(secrets::redact),
                        judge.alarms().stream(),
                        queues.alarms().stream())
                .flatMap(alarms -> alarms)
                .limit(MAX_LISTED)
                .toList();
    }

    private ConnectorBody.Account account() {
        AccountState.View view = feed.account().view();
        return new ConnectorBody.Account(
                view.state().toString(),
                secrets.redact(view.code()),
                secrets.redact(view.reason()),
                secrets.redact(view.advice()),
                view.since() == null ? null : timestamp(Times.micros(view.since())),
                feed.account().gaps());
    }

    /** The line that a step holds up; null where none does. */
    private ConnectorBody.Blocked blocked() {
        BlockedWatch.Blocked held = judge.blocked();
        return held == null
                ? null
                : new ConnectorBody.Blocked(
                        held.place().route(),
                        held.place().step(),
                        held.millis() / 1000.0,
                        held.place().type(),
                        held.place().symbol());
    }

    /** Null where no connector has measured it. */
    private ConnectorBody.Clock clock() {
        return feed.clockMeasured()
                ? new ConnectorBody.Clock(feed.clockOffsetMicros() / 1000.0, feed.clockUncertaintyMicros() / 1000.0)
                : null;
    }

    private ConnectorBody.Process process() {
        long pid = supervisor.pid();
        return new ConnectorBody.Process(
                new ConnectorBody.Now(
                        supervisor.alive(),
                        pid < 0 ? null : pid,
                        supervisor.queueSize(),
                        supervisor.errors() + statusLog.failures(),
                        supervisor.phase().toString(),
                        seconds(feed.uptimeMillis()),
                        seconds(feed.dataAgeMillis())),
                new ConnectorBody.Counts(
                        supervisor.starts(),
                        supervisor.retries(),
                        supervisor.exhaustedRounds(),
                        supervisor.errors(),
                        statusLog.failures(),
                        feed.disconnects(),
                        judge.blockedEpisodes()),
                down(),
                new ConnectorBody.LastEnd(supervisor.lastExit(), supervisor.lastFailure(), supervisor.stderr()),
                counters.statuses(),
                FIGURES.valueToTree(feed.figures()));
    }

    private static Double seconds(long millis) {
        return millis < 0 ? null : millis / 1000.0;
    }

    private Map<String, String> down() {
        Map<String, String> down = new LinkedHashMap<>();
        feed.connectionsDown().forEach((connection, reason) -> down.put(connection, secrets.redact(reason)));
        return down;
    }

    private List<HealthResponse.Topic> topics() {
        List<HealthResponse.Topic> topics = new ArrayList<>();
        for (Subscription s : subscriptions.all()) {
            if (topics.size() == MAX_LISTED) {
                break;
            }
            var channel = counters.channel(s.channel(), s.instrument());
            topics.add(new HealthResponse.Topic(
                    s.channel(),
                    InstrumentBody.of(s.instrument()),
                    s.state().toString(),
                    secrets.redact(s.reason()),
                    channel == null ? 0 : channel.count(),
                    channel == null ? null : counters.ageMillis(channel) / 1000.0));
        }
        return topics;
    }

    private Map<String, HealthResponse.Instrument> instruments() {
        Map<String, HealthResponse.Instrument> all = new LinkedHashMap<>();
        List<InstrumentId> known = market.symbols();
        for (InstrumentId instrument : known) {
            if (all.size() == MAX_LISTED) {
                break;
            }
            all.put(
                    Instruments.name(instrument, known),
                    instrument(market.view(instrument), market.listing(instrument)));
        }
        return all;
    }

    private static HealthResponse.Instrument instrument(SymbolView view, ListingState listing) {
        BookView book = view.book();
        Trade last = view.lastTrade();
        return new HealthResponse.Instrument(
                view.instrument().category(),
                view.instrument().venue(),
                last == null ? null : last.price(),
                view.trades(),
                book == null ? "empty" : book.state().toString(),
                book == null ? "no depth yet" : book.reason(),
                book == null || book.bids().isEmpty() ? null : book.bids().price(0),
                book == null || book.asks().isEmpty() ? null : book.asks().price(0),
                view.gaps(),
                listing == null
                        ? null
                        : new HealthResponse.Listing(
                                listing.tradingStatus(),
                                listing.tickSize(),
                                listing.qtyStep(),
                                listing.deliveryTime()));
    }

    private Map<String, QueueBody> queues() {
        Map<String, QueueBody> all = new LinkedHashMap<>();
        queues.views().forEach(queue -> all.put(queue.name(), QueueBody.of(queue, secrets::redact)));
        return all;
    }

    private static String timestamp(long micros) {
        return micros < 0 ? null : ISO.format(Times.instant(micros).atOffset(ZoneOffset.UTC));
    }
}
