package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.account.PrivateConnection;
import dev.livefeed.connector.bybit.book.BookOwner;
import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.book.RpiBookStream;
import dev.livefeed.connector.bybit.connection.StreamConnection;
import dev.livefeed.connector.bybit.connection.StreamConnections;
import dev.livefeed.connector.bybit.context.BybitRest;
import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.history.BybitHistory;
import dev.livefeed.connector.bybit.instrument.BybitListing;
import dev.livefeed.connector.bybit.notice.AdlStream;
import dev.livefeed.connector.bybit.notice.InsuranceStream;
import dev.livefeed.connector.bybit.notice.MaintenanceStream;
import dev.livefeed.connector.bybit.notice.PriceLimitStream;
import dev.livefeed.connector.bybit.ticker.KlineStream;
import dev.livefeed.connector.bybit.ticker.LiquidationStream;
import dev.livefeed.connector.bybit.ticker.TickerStream;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.FrameParser;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.bybit.trade.TradeStream;
import dev.livefeed.connector.feed.ConnectorCounters;
import dev.livefeed.connector.feed.ExchangeClock;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.history.HistoryRequests;
import dev.livefeed.connector.instrument.InstrumentDirectory;
import dev.livefeed.connector.instrument.InstrumentLifecycle;
import dev.livefeed.connector.instrument.InstrumentReporter;
import dev.livefeed.connector.instrument.SymbolAdmission;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.ConnectionBudget;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Identifiers;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.connector.session.SessionContext;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.connector.session.WebSocketSession;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionRecycled;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Throttled;
import dev.livefeed.protocol.status.Unsubscribed;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Core of the connector: converts commands to requests and frames to events. */
public final class BybitFeed implements NetworkFeed, StreamConnection.Listener, BookOwner {

    private static final Logger LOG = LoggerFactory.getLogger(BybitFeed.class);
    private static final String WITHDRAWN = "unsubscribed before it took effect";

    private final FeedContext context;
    private final ConnectorCounters figures = new ConnectorCounters();
    private final RestClient rest;
    private final ExchangeClock clock;
    private final PrivateConnection account;
    private final FrameParser parser = new FrameParser();
    private final StreamConnections links;
    private final InstrumentDirectory directory;
    private final SymbolAdmission admission;
    private final InstrumentReporter reporter;
    private final ContractExpansion expansion;
    private final InstrumentTopics instrumentTopics;
    private final InstrumentLifecycle lifecycle;
    private final HistoryRequests history;

    public BybitFeed(BybitSettings settings, Network network, Outbox outbox, TimeSource time, RandomGenerator random) {
        Identifiers identifiers = new Identifiers();
        this.rest =
                new RestClient(new BybitRest(settings), BybitRest.budget(time), network, time, identifiers, figures);
        this.clock = new ExchangeClock(
                rest,
                "/v5/market/time",
                BybitRest::time,
                time,
                settings.limits().clock());
        ConnectionBudget budget =
                new ConnectionBudget(time, settings.connections().budget());
        SessionContext sessions = new SessionContext(network, time, random, identifiers, budget);
        VenueContext venue = new VenueContext(settings.limits(), sessions, outbox, figures, rest, clock);
        this.context = new FeedContext(settings, venue);
        this.directory = new InstrumentDirectory(venue, new BybitListing(), this::listed);
        this.admission = new SymbolAdmission(directory, this::command);
        this.reporter = new InstrumentReporter(venue, directory);
        this.links = new StreamConnections(
                context, (category, number) -> new StreamConnection(context, category, number, parser, this));
        this.expansion = new ContractExpansion(context, directory, this::carryOut);
        this.instrumentTopics = new InstrumentTopics(links, this::command, expansion, this::refuseWaiting);
        this.lifecycle = new InstrumentLifecycle(venue, directory, instrumentTopics);
        BooleanSupplier synthetic = () -> links.all().stream().anyMatch(StreamConnection::synthetic);
        this.history = new HistoryRequests(venue, new BybitHistory(context, synthetic));
        this.account = new PrivateConnection(settings.account(), sessions, outbox, clock);
    }

    @Override
    public void start() {
        BybitSettings settings = context.settings();
        links.begin(settings.category());
        clock.tick();
        account.start();
        for (String symbol : settings.initial().symbols()) {
            for (String channel : settings.initial().channels()) {
                command(new Command(Command.Kind.SUBSCRIBE, channel, symbol, null, null));
            }
        }
    }

    @Override
    public void command(Command command) {
        Category category = context.settings().category();
        if (command.category() != null) {
            category = Category.of(command.category());
            if (category == null) {
                refuse(command, "category is \"" + command.category() + "\", must be one of " + Category.names());
                return;
            }
        }
        TopicName name;
        try {
            name = TopicName.of(
                    category,
                    command.channel(),
                    command.symbol(),
                    context.settings().depth(category));
        } catch (IllegalArgumentException e) {
            refuse(command, e.getMessage());
            return;
        }
        if (admission.keeps(command, category)) {
            return;
        }
        if (ContractExpansion.expands(category, command) && command.kind() != Command.Kind.RESYNC) {
            expand(command, category);
            return;
        }
        expansion.named(command);
        carryOut(command, name);
    }

    /** A channel of a base coin that the venue has for single contracts only. */
    private void expand(Command command, Category category) {
        String unknown = rest.available()
                ? directory.unknown(category, command.symbol())
                : command.channel() + " of a base coin needs the list of its contracts; set BYBIT_REST_BASE_URL or name"
                        + " single contracts";
        if (command.kind() == Command.Kind.UNSUBSCRIBE) {
            expansion.unsubscribe(command);
            unsubscribed(command, null);
        } else if (unknown != null) {
            figures.refused++;
            refuse(command, unknown);
        } else {
            // Before the first instrument list it has no contracts; they join with it.
            lifecycle.follow(category, command.symbol());
            expansion.subscribe(command);
            context.outbox().status(new Subscribed(answer(command), null, category.text(), null));
        }
    }

    /** Carries out a command for a contract of a base coin. */
    private void carryOut(Command command) {
        Category category = Category.of(command.category());
        carryOut(
                command,
                TopicName.of(
                        category,
                        command.channel(),
                        command.symbol(),
                        context.settings().depth(category)));
    }

    private void carryOut(Command command, TopicName name) {
        switch (command.kind()) {
            case SUBSCRIBE -> subscribe(command, name);
            case UNSUBSCRIBE -> unsubscribe(command, name);
            case RESYNC -> resync(command, name);
            default -> refuse(command, "the command is not supported by a live feed");
        }
    }

    private void subscribe(Command command, TopicName name) {
        Topic topic = links.find(name);
        boolean group = name.ofGroup() && name.symbol().equals(command.symbol());
        String unknown = group ? null : directory.unknown(name.category(), command.symbol());
        if (unknown != null && (topic == null || topic.contracts() != null)) {
            figures.refused++;
            LOG.warn(
                    "subscription_refused channel={} symbol={} reason=\"{}\"",
                    command.channel(),
                    InstrumentId.market(name.category().text(), command.symbol()),
                    unknown);
            refuse(command, unknown);
            lifecycle.unknown(name.category(), command.symbol(), command.channel());
            neverFetched(command, name, unknown);
            return;
        }
        String ended = group ? null : lifecycle.endedBefore(name.category(), command.symbol(), command.channel());
        if (ended != null) {
            refuse(command, ended);
            reporter.report(name.category(), command.symbol());
            neverFetched(command, name, ended);
            return;
        }
        if (topic == null) {
            StreamConnection link = links.forNew(name);
            if (link == null) {
                figures.refused++;
                refuse(
                        command,
                        "all connections of " + name.category() + " are full: max_connections is "
                                + context.settings().connections().connections());
                return;
            }
            topic = new Topic(name);
            topic.stream(streamOf(topic));
            link.add(topic);
        }
        if (topic.contracts() != null) {
            topic.contracts().add(command.symbol());
        }
        topic.wanted(true);
        if (topic.awaits(Command.Kind.UNSUBSCRIBE)) {
            wantedAgain(topic);
        }
        if (!topic.awaits(Command.Kind.UNSUBSCRIBE)) {
            follow(topic, command);
        }
        if ((topic.wire() == Topic.Wire.ACTIVE && !topic.resubscribe()) || !topic.await(command)) {
            subscribed(command, topic);
        }
        lifecycle.follow(name.category(), command.symbol());
        if (topic.contracts() == null) {
            topic.expectsData(lifecycle.expectsData(name.category(), command.symbol()));
        }
        topic.link().reconcile(topic);
        reporter.report(name.category(), command.symbol());
    }

    /** Applies the {@code since} time of a subscribe command: trades since then are missing. */
    private static void follow(Topic topic, Command command) {
        if (command.since() >= 0
                && topic.stream() instanceof TradeStream trades
                && !trades.accountsSince(command.since())) {
            trades.follows(command.symbol(), command.since(), command.known());
        }
    }

    /** The instrument is no longer listed, so its last trades cannot be fetched. */
    private void neverFetched(Command command, TopicName name, String why) {
        if (command.since() >= 0 && name.kind() == TopicName.Kind.TRADES) {
            figures.tradeGaps++;
            context.outbox()
                    .status(new Gap(
                            Head.of(context.outbox().connector(), command.symbol(), name.channel(), why),
                            name.category().text(),
                            Times.instant(command.since()),
                            Times.instant(Math.max(command.since(), context.exchangeMicros())),
                            null));
        }
    }

    /** Called when a listing has changed. */
    private void listed(VenueCategory category) {
        admission.tick();
        expansion.listed();
        for (StreamConnection link : links.all()) {
            if (link.category() == category) {
                List.copyOf(link.topics().all())
                        .forEach(topic -> topic.symbols().forEach(symbol -> reporter.report(category, symbol)));
            }
        }
        commandsDone();
    }

    private TopicStream streamOf(Topic topic) {
        return switch (topic.name().kind()) {
            case BOOK -> new BookStream(topic, context, this);
            case TRADES -> new TradeStream(topic, context);
            case TICKER -> new TickerStream(topic, context, this);
            case KLINE -> new KlineStream(topic, context);
            case LIQUIDATIONS -> new LiquidationStream(topic, context);
            case RPI_BOOK -> new RpiBookStream(topic, context, this);
            case PRICE_LIMIT -> new PriceLimitStream(topic, context);
            case ADL -> new AdlStream(topic, context);
            case INSURANCE -> new InsuranceStream(topic, context);
            case SYSTEM -> new MaintenanceStream(topic, context);
        };
    }

    /**
     * The topic is wanted again while it is being unsubscribed. That is completed, because a new subscription starts
     * from the beginning.
     */
    private void wantedAgain(Topic topic) {
        if (topic.wire() == Topic.Wire.SUBSCRIBING) {
            left(topic);
        }
        if (topic.wire() != Topic.Wire.UNSUBSCRIBING) {
            topic.resubscribe(true);
        }
    }

    private void unsubscribe(Command command, TopicName name) {
        Topic topic = links.find(name);
        if (topic != null && topic.contracts() != null && !topic.contracts().remove(command.symbol())) {
            withdrawn(topic, command.symbol());
            unsubscribed(command, topic);
            unfollow(command, name);
            return;
        }
        if (topic == null || !topic.await(command)) {
            unsubscribed(command, null);
        }
        if (topic != null) {
            tradesWithdrawn(topic, command.symbol());
            topic.wanted(false);
            topic.link().reconcile(topic);
        }
        unfollow(command, name);
    }

    /** One contract of a topic, or its base coin, is not wanted any more; others are. */
    private void withdrawn(Topic topic, String symbol) {
        refuseWaiting(topic, symbol, WITHDRAWN);
        tradesWithdrawn(topic, symbol);
    }

    private static void tradesWithdrawn(Topic topic, String symbol) {
        if (topic.stream() instanceof TradeStream trades) {
            trades.withdrawn(symbol);
        }
    }

    private void refuseWaiting(Topic topic, String symbol, String text) {
        topic.answered(Command.Kind.SUBSCRIBE, symbol).forEach(waiting -> refuse(waiting, text));
    }

    /** A topic is not wanted any more: its trades that could not be read and were not fetched are announced. */
    private static void notFetched(Topic topic, String symbol) {
        if (topic.stream() instanceof TradeStream trades) {
            trades.unsubscribed(symbol);
        }
    }

    private void unfollow(Command command, TopicName name) {
        lifecycle.unfollow(
                name.category(),
                command.symbol(),
                name.channel(),
                instrumentTopics.wants(name.category(), command.symbol()));
    }

    private void resync(Command command, TopicName name) {
        Topic topic = links.find(name);
        if (topic == null || !(topic.stream() instanceof BookStream book)) {
            refuse(
                    command,
                    name.kind() == TopicName.Kind.BOOK
                            ? "no book of " + command.symbol() + " is subscribed, so there is nothing to resync"
                            : "channel " + name.channel() + " does not support resync; use depth or depth.N");
            return;
        }
        book.resync(command.id());
    }

    @Override
    public boolean history(Command command) {
        history.add(command);
        return true;
    }

    @Override
    public void commandsDone() {
        links.all().forEach(StreamConnection::flush);
    }

    @Override
    public void opened(int link, boolean synthetic) {
        session(link).opened(link, synthetic);
    }

    @Override
    public void frame(int link, byte[] bytes, int offset, int length, long receivedAt) {
        session(link).frame(link, bytes, offset, length, receivedAt);
    }

    @Override
    public void pong(int link) {
        session(link).pongFrame(link);
    }

    @Override
    public void closed(int link, String reason, int httpStatus) {
        session(link).closed(link, reason, httpStatus);
    }

    /** The session of a network link, or null. */
    private WebSocketSession session(int link) {
        StreamConnection stream = links.byId(link);
        return stream == null ? account.session() : stream.session();
    }

    @Override
    public void answered(int request, HttpAnswer answer) {
        rest.answered(request, answer);
    }

    @Override
    public void unanswered(int request, String reason) {
        rest.unanswered(request, reason);
    }

    @Override
    public void tick() {
        clock.tick();
        directory.tick();
        admission.tick();
        lifecycle.tick();
        links.tick();
        closeEmpty();
        account.tick();
        rest.tick();
        history.tick();
    }

    @Override
    public void stop() {
        history.stop();
        links.all().forEach(StreamConnection::stop);
        account.stop();
        context.sessions().network().end();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> shown = figures.shown();
        shown.put("connected", links.size() > 0 && links.open() == links.size());
        shown.put("connections", links.size());
        shown.put("connections_open", links.open());
        shown.put("connects_in_5_minutes", context.sessions().budget().recentAttempts());
        shown.put("subscriptions", links.topics());
        clock.show(shown);
        account.show(shown);
        history.show(shown);
        return shown;
    }

    @Override
    public void up(StreamConnection link) {
        LOG.info("connection_opened connection={} url={}", link.name(), uri(link));
        if (link.announcements()) {
            return;
        }
        context.outbox().status(new ConnectionUp(head(null), info(link), link.synthetic(), false));
    }

    @Override
    public void down(StreamConnection link, SessionEnd end) {
        String reason = end.reason();
        LOG.warn(
                "connection_lost connection={} url={} retry_in_ms={} reason=\"{}\"",
                link.name(),
                uri(link),
                end.retryMillis(),
                reason);
        if (link.announcements()) {
            announcementsMissed(reason, end);
            return;
        }
        context.outbox().status(new ConnectionDown(head(reason), info(link), (long) end.attempt(), end.retryMillis()));
        if (links.open() > 0) {
            booksLost(link, reason);
        }
    }

    /** Announcements are missed meanwhile, but no market data; reported with the first attempt that fails. */
    private void announcementsMissed(String reason, SessionEnd end) {
        if (end.attempt() <= 1) {
            context.outbox()
                    .status(new Degraded(
                            head("announcements of maintenance are not received: " + reason),
                            ConnectionInfo.NONE,
                            null,
                            null,
                            null,
                            null,
                            end.retryMillis()));
        }
    }

    @Override
    public void recycled(StreamConnection link, long ageMillis) {
        LOG.info("connection_replaced connection={} url={} age_ms={}: on schedule", link.name(), uri(link), ageMillis);
        context.outbox().status(new ConnectionRecycled(head(null), info(link), ageMillis));
        booksLost(link, "it was replaced on schedule");
    }

    /** If other connections remain, the end of one does not tell the reader which books are stale. */
    private static void booksLost(StreamConnection link, String reason) {
        for (Topic topic : link.topics().all()) {
            if (topic.stream() instanceof BookStream book) {
                book.connectionLost("its connection " + link.name() + " has ended: " + reason);
            } else if (topic.stream() instanceof RpiBookStream book) {
                book.connectionLost("its connection " + link.name() + " has ended: " + reason);
            }
        }
    }

    @Override
    public void budgetUsedUp(StreamConnection link, long waitMillis) {
        String reason = "the venue allows 500 new connections in 5 minutes, and "
                + context.settings().connections().budget() + " have been made";
        LOG.warn(
                "connection_postponed connection={} url={} wait_ms={} reason=\"{}\"",
                link.name(),
                uri(link),
                waitMillis,
                reason);
        context.outbox().status(new Degraded(head(reason), info(link), null, null, null, null, waitMillis));
    }

    @Override
    public void throttled(StreamConnection link, String text, long waitMillis) {
        LOG.warn(
                "requests_throttled connection={} url={} wait_ms={} reason=\"{}\"",
                link.name(),
                uri(link),
                waitMillis,
                text);
        context.outbox().status(new Throttled(head(text), info(link), null, null, waitMillis));
    }

    @Override
    public void topicDelayed(Topic topic, String text, long waitMillis) {
        LOG.warn("subscription_postponed topic={} wait_ms={} reason=\"{}\"", topic, waitMillis, text);
        TopicName name = topic.name();
        for (String symbol : topic.symbols()) {
            context.outbox()
                    .status(new Throttled(
                            Head.of(context.outbox().connector(), symbol, name.channel(), text),
                            ConnectionInfo.NONE,
                            name.category().text(),
                            name.text(),
                            waitMillis));
        }
    }

    private static URI uri(StreamConnection link) {
        return link.session().uri();
    }

    private void closeEmpty() {
        StreamConnection closed = links.closeEmpty();
        if (closed != null) {
            LOG.info("connection_closed connection={} url={}: it has no topics", closed.name(), uri(closed));
        }
        if (closed != null && !closed.announcements()) {
            context.outbox().status(new ConnectionClosed(head("it has no topics"), info(closed)));
        }
    }

    private Head head(String reason) {
        return Head.of(context.outbox().connector(), reason);
    }

    private ConnectionInfo info(StreamConnection link) {
        return new ConnectionInfo(uri(link).toString(), link.name(), (long) links.size(), (long) links.open());
    }

    @Override
    public void active(Topic topic) {
        var commands = topic.answered(Command.Kind.SUBSCRIBE);
        commands.forEach(command -> subscribed(command, topic));
        if (commands.isEmpty() && !topic.announced() && topic.wanted()) {
            TopicName name = topic.name();
            topic.symbols()
                    .forEach(symbol -> subscribed(
                            new Command(
                                    Command.Kind.SUBSCRIBE,
                                    name.channel(),
                                    symbol,
                                    name.category().text(),
                                    null),
                            topic));
        }
        topic.announced(true);
    }

    @Override
    public void offWire(Topic topic) {
        var commands = topic.answered(Command.Kind.UNSUBSCRIBE);
        if (!commands.isEmpty()) {
            topic.stream().ended();
            commands.forEach(command -> notFetched(topic, command.symbol()));
            topic.stream(streamOf(topic));
            topic.waiting(Command.Kind.SUBSCRIBE).forEach(command -> follow(topic, command));
            commands.forEach(command -> unsubscribed(command, topic));
        }
    }

    @Override
    public void left(Topic topic) {
        topic.answered(Command.Kind.SUBSCRIBE).forEach(command -> refuse(command, WITHDRAWN));
        topic.answered(Command.Kind.UNSUBSCRIBE).forEach(command -> {
            notFetched(topic, command.symbol());
            unsubscribed(command, topic);
        });
    }

    @Override
    public void refused(Topic topic, String venueText) {
        figures.refused++;
        TopicName refused = topic.name();
        String text = venueText + (refused.mixesSymbols() ? "" : directory.hint(refused.category(), refused.symbol()));
        LOG.warn("subscription_refused topic={} reason=\"{}\"", topic, text);
        topic.answered(Command.Kind.UNSUBSCRIBE).forEach(command -> unsubscribed(command, topic));
        var commands = topic.answered(Command.Kind.SUBSCRIBE);
        commands.forEach(command -> refuse(command, text));
        for (String symbol : topic.symbols()) {
            String channel = topic.name().channel();
            boolean joined = topic.contracts() == null && expansion.refused(channel, symbol);
            lifecycle.refused(topic.name().category(), symbol, joined ? null : channel);
        }
        List<String> told = commands.stream().map(Command::symbol).toList();
        for (String symbol : topic.symbols()) {
            if (!told.contains(symbol)) {
                context.outbox()
                        .failure(new Failure(
                                text,
                                "refused",
                                symbol,
                                topic.name().category().text(),
                                topic.name().channel(),
                                null,
                                false));
            }
        }
    }

    @Override
    public void resubscribe(Topic topic) {
        topic.resubscribe(true);
        topic.link().reconcile(topic);
    }

    @Override
    public void settled(Topic topic) {
        if (topic.resubscribe() && topic.wire() == Topic.Wire.ACTIVE && !topic.awaits(Command.Kind.UNSUBSCRIBE)) {
            topic.resubscribe(false);
            topic.answered(Command.Kind.SUBSCRIBE).forEach(command -> subscribed(command, topic));
            topic.link().reconcile(topic);
        }
    }

    @Override
    public void lost(Topic topic, long sinceMicros) {
        topic.link().suspectTrades(topic.name().symbol(), sinceMicros);
        topic.link().frameMayBeLost(topic.name().symbol());
    }

    @Override
    public boolean mayReconnect(Topic topic) {
        lifecycle.suspect(topic.name().category(), topic.name().symbol());
        return !topic.link().othersReceive(topic);
    }

    @Override
    public void reconnect(String reason, Topic topic) {
        topic.link().fail(reason);
    }

    private void subscribed(Command command, Topic topic) {
        TopicName name = topic.name();
        Instant since = topic.stream() instanceof TradeStream trades
                ? Times.instant(trades.subscribed(command.symbol()))
                : null;
        context.outbox()
                .status(new Subscribed(
                        answer(command),
                        since,
                        name.category().text(),
                        name.text(),
                        topic.link().name()));
    }

    /** @param topic the unsubscribed topic, or null if there was none */
    private void unsubscribed(Command command, Topic topic) {
        TopicName name = topic == null ? null : topic.name();
        context.outbox()
                .status(new Unsubscribed(
                        answer(command),
                        name == null ? null : name.category().text(),
                        name == null ? null : name.text()));
    }

    private Head answer(Command command) {
        return new Head(context.outbox().connector(), command.symbol(), command.channel(), command.id(), null);
    }

    private void refuse(Command command, String text) {
        context.outbox()
                .failure(new Failure(
                        text, "refused", command.symbol(), command.category(), command.channel(), command.id(), false));
    }
}
