package dev.livefeed.app.api;

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
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code GET /ws/health}: the shape of the existing system, and more inside. It has no state of its own and never guesses. */
public final class HealthPayload {

    /** As Python writes UTC instants: 2024-06-03T12:00:00+00:00. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]xxx");

    private static final int MAX_LISTED = 200;

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

    /** The whole payload, ready for JSON. */
    public Map<String, Object> payload() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("connector", connector());
        payload.put("subscriptions", subscriptionList());
        payload.put("symbols", symbols());
        payload.put("dead_letters", deadLetterCounts());
        payload.put("stream", stream.payload());
        payload.put("state", state.payload());
        payload.put("queues", queues.payload());
        payload.put("application", application.payload());
        return payload;
    }

    /** The line of the health log. */
    public String line() {
        long age = feed.dataAgeMillis();
        return "state=" + judge.state() + " process_alive=" + supervisor.alive() + " queue_size="
                + supervisor.queueSize() + " error_count=" + supervisor.errors() + " seconds_since_last_event="
                + (age < 0 ? "none" : age / 1000.0) + " trades=" + counters.trades() + " depth=" + counters.depths()
                + " gaps=" + market.gaps() + " dead_letters=" + deadLetters.total();
    }

    private Map<String, Object> connector() {
        Map<String, Object> c = new LinkedHashMap<>();
        c.put("connected", judge.connected());
        c.put("last_ts", timestamp(feed.lastTimestampMicros()));
        c.put("queue_size", supervisor.queueSize());
        c.put("reconnection_attempts", supervisor.attempt());
        c.put("state", judge.state());
        c.put("source", source);
        c.put("synthetic", judge.synthetic());
        c.put("fresh", judge.fresh());
        List<String> reasons = judge.reasons();
        c.put("ready", reasons.isEmpty());
        c.put("reasons", reasons.stream().limit(MAX_LISTED).map(secrets::redact).toList());
        c.put(
                "alarms",
                Stream.of(
                                application.alarms().stream().map(secrets::redact),
                                state.alarms().stream().map(secrets::redact),
                                judge.alarms().stream(),
                                queues.alarms().stream())
                        .flatMap(alarms -> alarms)
                        .limit(MAX_LISTED)
                        .toList());
        c.put("blocked", blocked());
        c.put("clock", clock());
        c.put("account", account());
        c.put("connector_health", process());
        return c;
    }

    /** The access to the user's own account: apart from the feed, which does not depend on it. */
    private Map<String, Object> account() {
        AccountState.View view = feed.account().view();
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("state", view.state().toString());
        account.put("code", secrets.redact(view.code()));
        account.put("reason", secrets.redact(view.reason()));
        account.put("advice", secrets.redact(view.advice()));
        account.put("since", view.since() == null ? null : timestamp(Times.micros(view.since())));
        account.put("gaps", feed.account().gaps());
        return account;
    }

    /** The line that a step holds up; null where none does. */
    private Map<String, Object> blocked() {
        BlockedWatch.Blocked held = judge.blocked();
        if (held == null) {
            return null;
        }
        Map<String, Object> blocked = new LinkedHashMap<>();
        blocked.put("route", held.place().route());
        blocked.put("step", held.place().step());
        blocked.put("seconds", held.millis() / 1000.0);
        blocked.put("type", held.place().type());
        blocked.put("symbol", held.place().symbol());
        return blocked;
    }

    /** The exchange's clock against ours; null where no connector has measured it. */
    private Map<String, Object> clock() {
        if (!feed.clockMeasured()) {
            return null;
        }
        Map<String, Object> clock = new LinkedHashMap<>();
        clock.put("offset_ms", feed.clockOffsetMicros() / 1000.0);
        clock.put("uncertainty_ms", feed.clockUncertaintyMicros() / 1000.0);
        return clock;
    }

    private Map<String, Object> process() {
        Map<String, Object> p = new LinkedHashMap<>();
        long pid = supervisor.pid();
        p.put("process_alive", supervisor.alive());
        p.put("pid", pid < 0 ? null : pid);
        p.put("queue_size", supervisor.queueSize());
        p.put("error_count", supervisor.errors() + statusLog.failures());
        p.put("phase", supervisor.phase().toString());
        long up = feed.uptimeMillis();
        p.put("uptime_seconds", up < 0 ? null : up / 1000.0);
        long age = feed.dataAgeMillis();
        p.put("seconds_since_last_event", age < 0 ? null : age / 1000.0);
        p.put("starts", supervisor.starts());
        p.put("retries", supervisor.retries());
        p.put("exhausted_rounds", supervisor.exhaustedRounds());
        p.put("process_failures", supervisor.errors());
        p.put("reported_errors", statusLog.failures());
        p.put("exchange_disconnects", feed.disconnects());
        p.put("blocked_episodes", judge.blockedEpisodes());
        p.put("connections_down", down());
        p.put("last_exit_status", supervisor.lastExit());
        p.put("last_failure", supervisor.lastFailure());
        p.put("stderr", supervisor.stderr());
        p.put("statuses", counters.statuses());
        p.put("figures", feed.figures());
        return p;
    }

    private Map<String, Object> down() {
        Map<String, Object> down = new LinkedHashMap<>();
        feed.connectionsDown().forEach((connection, reason) -> down.put(connection, secrets.redact(reason)));
        return down;
    }

    private List<Map<String, Object>> subscriptionList() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Subscription s : subscriptions.all()) {
            if (list.size() == MAX_LISTED) {
                break;
            }
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("channel", s.channel());
            one.put("symbol", s.symbol());
            one.put("state", s.state().toString());
            one.put("reason", secrets.redact(s.reason()));
            var channel = counters.channel(s.channel(), s.symbol());
            one.put("events", channel == null ? 0 : channel.count());
            one.put("seconds_since_last_event", channel == null ? null : counters.ageMillis(channel) / 1000.0);
            list.add(one);
        }
        return list;
    }

    private Map<String, Object> symbols() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String symbol : market.symbols()) {
            if (all.size() == MAX_LISTED) {
                break;
            }
            SymbolView view = market.view(symbol);
            BookView book = view.book();
            Map<String, Object> one = new LinkedHashMap<>();
            Trade last = view.lastTrade();
            one.put("last_price", last == null ? null : last.price().toPlainString());
            one.put("trades", view.trades());
            one.put("book", book == null ? "empty" : book.state().toString());
            one.put("book_reason", book == null ? "no depth yet" : book.reason());
            one.put(
                    "best_bid",
                    book == null || book.bids().isEmpty()
                            ? null
                            : plain(book.bids().price(0)));
            one.put(
                    "best_ask",
                    book == null || book.asks().isEmpty()
                            ? null
                            : plain(book.asks().price(0)));
            one.put("gaps", view.gaps());
            listing(one, market.listing(symbol));
            all.put(symbol, one);
        }
        return all;
    }

    private static void listing(Map<String, Object> one, ListingState listing) {
        if (listing == null) {
            return;
        }
        one.put("trading_status", listing.tradingStatus());
        one.put("tick_size", listing.tickSize() == null ? null : plain(listing.tickSize()));
        one.put("qty_step", listing.qtyStep() == null ? null : plain(listing.qtyStep()));
        if (listing.deliveryTime() != null) {
            one.put("delivery_time", listing.deliveryTime());
        }
    }

    private Map<String, Object> deadLetterCounts() {
        Map<String, Object> d = new LinkedHashMap<>();
        d.put("total", deadLetters.total());
        d.put("by_reason", deadLetters.byReason());
        return d;
    }

    private static String plain(BigDecimal value) {
        return value.toPlainString();
    }

    private static String timestamp(long micros) {
        return micros < 0 ? null : ISO.format(Times.instant(micros).atOffset(ZoneOffset.UTC));
    }
}
