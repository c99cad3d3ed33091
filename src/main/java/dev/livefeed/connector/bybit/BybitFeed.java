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
import dev.livefeed.connector.feed.CommandReplies;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.connection.ConnectionReports;
import dev.livefeed.connector.history.HistoryRequests;
import dev.livefeed.connector.instrument.ContractExpansion;
import dev.livefeed.connector.instrument.InstrumentDirectory;
import dev.livefeed.connector.instrument.InstrumentLifecycle;
import dev.livefeed.connector.instrument.InstrumentReporter;
import dev.livefeed.connector.instrument.SymbolAdmission;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.LinkedFeed;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkLink;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Throttled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Core of the connector: converts commands to requests and frames to events. */
public final class BybitFeed implements LinkedFeed, StreamConnection.Listener, BookOwner {

    private static final Logger LOG = LoggerFactory.getLogger(BybitFeed.class);
    private static final String WITHDRAWN = "unsubscribed before it took effect";

    private final FeedContext context;
    private final PrivateConnection account;
    private final FrameParser parser = new FrameParser();
    private final StreamConnections links;
    private final ConnectionReports reports;
    private final CommandReplies replies;
    private final InstrumentDirectory directory;
    private final SymbolAdmission admission;
    private final InstrumentReporter reporter;
    private final ContractExpansion expansion;
    private final InstrumentTopics instrumentTopics;
    private final InstrumentLifecycle lifecycle;
    private final HistoryRequests history;

    public BybitFeed(BybitSettings settings, Network network, Outbox outbox, TimeSource time, RandomGenerator random) {
        VenueContext venue = VenueContext.create(
                settings, new BybitRest(settings), BybitRest.budget(time), network, outbox, time, random);
        this.context = new FeedContext(settings, venue);
        this.directory = new InstrumentDirectory(venue, new BybitListing(), this::listed);
        this.admission = new SymbolAdmission(directory, this::command);
        this.reporter = new InstrumentReporter(venue, directory);
        this.links = new StreamConnections(
                context, (category, number) -> new StreamConnection(context, category, number, parser, this));
        this.reports = new ConnectionReports(venue, links.pool(), "topics");
        this.replies = new CommandReplies(venue);
        this.expansion = new ContractExpansion(venue, Category.OPTION, directory, this::carryOut);
        this.instrumentTopics = new InstrumentTopics(links, this::command, expansion, this::refuseWaiting);
        this.lifecycle = new InstrumentLifecycle(venue, directory, instrumentTopics);
        this.history = new HistoryRequests(venue, new BybitHistory(context, links.pool()::synthetic));
        this.account = new PrivateConnection(settings.account(), venue.sessions(), outbox, venue.clock());
    }

    @Override
    public void start() {
        BybitSettings settings = context.settings();
        links.pool().begin(settings.category());
        context.clock().tick();
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
                replies.refuse(
                        command, "category is \"" + command.category() + "\", must be one of " + Category.names());
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
            replies.refuse(command, e.getMessage());
            return;
        }
        if (admission.keeps(command, category)) {
            return;
        }
        if (expands(category, command) && command.kind() != Command.Kind.RESYNC) {
            expand(command, category);
            return;
        }
        expansion.named(command);
        carryOut(command, name);
    }

    /** Whether the venue has no topic for this channel of the symbol, only for its contracts. */
    private static boolean expands(Category category, Command command) {
        return category.standsForGroup(command.symbol()) && !command.channel().equals("trades");
    }

    /** A channel of a base coin that the venue has for single contracts only. */
    private void expand(Command command, Category category) {
        String unknown = context.rest().available()
                ? directory.unknown(category, command.symbol())
                : command.channel() + " of a base coin needs the list of its contracts; set BYBIT_REST_BASE_URL or name"
                        + " single contracts";
        if (command.kind() == Command.Kind.UNSUBSCRIBE) {
            expansion.unsubscribe(command);
            unsubscribed(command, null);
        } else if (unknown != null) {
            context.figures().refused++;
            replies.refuse(command, unknown);
        } else {
            // Before the first instrument list it has no contracts; they join with it.
            lifecycle.follow(category, command.symbol());
            expansion.subscribe(command);
            replies.subscribed(command, null, category.text(), null, null);
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
            default -> replies.refuse(command, "the command is not supported by a live feed");
        }
    }

    private void subscribe(Command command, TopicName name) {
        Topic topic = links.find(name);
        boolean group = name.ofGroup() && name.symbol().equals(command.symbol());
        String unknown = group ? null : directory.unknown(name.category(), command.symbol());
        if (unknown != null && (topic == null || topic.contracts() != null)) {
            replies.refuseUnknown(command, name.category().text(), unknown);
            lifecycle.unknown(name.category(), command.symbol(), command.channel());
            neverFetched(command, name, unknown);
            return;
        }
        String ended = group ? null : lifecycle.endedBefore(name.category(), command.symbol(), command.channel());
        if (ended != null) {
            replies.refuse(command, ended);
            reporter.report(name.category(), command.symbol());
            neverFetched(command, name, ended);
            return;
        }
        if (topic == null) {
            StreamConnection link = links.forNew(name);
            if (link == null) {
                context.figures().refused++;
                replies.refuse(
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
        if (name.kind() == TopicName.Kind.TRADES) {
            replies.tradesNotFetched(command, name.category().text(), name.channel(), why);
        }
    }

    /** Called when a listing has changed. */
    private void listed(VenueCategory category) {
        admission.tick();
        expansion.listed();
        for (StreamConnection link : links.pool().all()) {
            if (link.path() == category) {
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
        topic.answered(Command.Kind.SUBSCRIBE, symbol).forEach(waiting -> replies.refuse(waiting, text));
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
        if (topic == null || !(topic.stream() instanceof BookStream books)) {
            replies.refuse(
                    command,
                    name.kind() == TopicName.Kind.BOOK
                            ? "no book of " + command.symbol() + " is subscribed, so there is nothing to resync"
                            : "channel " + name.channel() + " does not support resync; use depth or depth.N");
            return;
        }
        books.book().resync(command.id());
    }

    @Override
    public boolean history(Command command) {
        history.add(command);
        return true;
    }

    @Override
    public void commandsDone() {
        links.pool().all().forEach(StreamConnection::flush);
    }

    @Override
    public NetworkLink owner(int link) {
        StreamConnection stream = links.pool().byLink(link);
        return stream == null ? account.session() : stream.networkLink();
    }

    @Override
    public void answered(int request, HttpAnswer answer) {
        context.rest().answered(request, answer);
    }

    @Override
    public void unanswered(int request, String reason) {
        context.rest().unanswered(request, reason);
    }

    @Override
    public void tick() {
        context.clock().tick();
        directory.tick();
        admission.tick();
        lifecycle.tick();
        links.tick();
        closeEmpty();
        account.tick();
        context.rest().tick();
        history.tick();
    }

    @Override
    public void stop() {
        history.stop();
        links.pool().stop();
        account.stop();
        context.sessions().network().end();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> shown = context.figures().shown();
        shown.put(
                "connected",
                links.pool().size() > 0 && links.pool().open() == links.pool().size());
        shown.put("connections", links.pool().size());
        shown.put("connections_open", links.pool().open());
        shown.put("connects_in_5_minutes", context.sessions().budget().recentAttempts());
        shown.put("subscriptions", links.pool().streams());
        context.clock().show(shown);
        account.show(shown);
        history.show(shown);
        return shown;
    }

    @Override
    public void up(StreamConnection link) {
        reports.up(link);
    }

    @Override
    public void down(StreamConnection link, SessionEnd end) {
        reports.down(link, end);
        if (link.aside()) {
            announcementsMissed(end.reason(), end);
        } else if (links.pool().open() > 0) {
            booksLost(link, end.reason());
        }
    }

    /** Announcements are missed meanwhile, but no market data; reported with the first attempt that fails. */
    private void announcementsMissed(String reason, SessionEnd end) {
        if (end.attempt() <= 1) {
            context.outbox()
                    .status(new Degraded(
                            Head.of(
                                    context.outbox().connector(),
                                    "announcements of maintenance are not received: " + reason),
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
        reports.replaced(link, ageMillis, null);
        booksLost(link, "it was replaced on schedule");
    }

    /** If other connections remain, the end of one does not tell the reader which books are stale. */
    private static void booksLost(StreamConnection link, String reason) {
        for (Topic topic : link.topics().all()) {
            if (topic.stream() instanceof BookStream books) {
                books.book().connectionLost("its connection " + link.name() + " has ended: " + reason);
            } else if (topic.stream() instanceof RpiBookStream book) {
                book.connectionLost("its connection " + link.name() + " has ended: " + reason);
            }
        }
    }

    @Override
    public void budgetUsedUp(StreamConnection link, long waitMillis) {
        reports.budgetUsedUp(link, 500, context.settings().connections().budget(), waitMillis);
    }

    @Override
    public void throttled(StreamConnection link, String text, long waitMillis) {
        reports.throttled(link, text, waitMillis);
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

    private void closeEmpty() {
        StreamConnection closed = links.pool().closeEmpty();
        if (closed != null) {
            reports.closed(closed);
        }
    }

    @Override
    public void active(Topic topic) {
        var commands = topic.answered(Command.Kind.SUBSCRIBE);
        commands.forEach(command -> subscribed(command, topic));
        if (!topic.announced() && topic.wanted()) {
            Set<String> answered = commands.stream().map(Command::symbol).collect(Collectors.toSet());
            TopicName name = topic.name();
            topic.symbols().stream()
                    .filter(symbol -> !answered.contains(symbol))
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
        topic.answered(Command.Kind.SUBSCRIBE).forEach(command -> replies.refuse(command, WITHDRAWN));
        topic.answered(Command.Kind.UNSUBSCRIBE).forEach(command -> {
            notFetched(topic, command.symbol());
            unsubscribed(command, topic);
        });
    }

    @Override
    public void refused(Topic topic, String venueText) {
        context.figures().refused++;
        TopicName refused = topic.name();
        String text = venueText + (refused.mixesSymbols() ? "" : directory.hint(refused.category(), refused.symbol()));
        LOG.warn("subscription_refused topic={} reason=\"{}\"", topic, text);
        topic.answered(Command.Kind.UNSUBSCRIBE).forEach(command -> unsubscribed(command, topic));
        var commands = topic.answered(Command.Kind.SUBSCRIBE);
        commands.forEach(command -> replies.refuse(command, text));
        for (String symbol : topic.symbols()) {
            String channel = topic.name().channel();
            boolean joined = topic.contracts() == null && expansion.refused(channel, symbol);
            lifecycle.refused(topic.name().category(), symbol, joined ? null : channel);
        }
        List<String> told = commands.stream().map(Command::symbol).toList();
        for (String symbol : topic.symbols()) {
            if (!told.contains(symbol)) {
                replies.refused(
                        text,
                        symbol,
                        topic.name().category().text(),
                        topic.name().channel());
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
    public void suspect(Topic topic) {
        topic.symbols().forEach(symbol -> lifecycle.suspect(topic.name().category(), symbol));
    }

    @Override
    public boolean mayReconnect(Topic topic) {
        suspect(topic);
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
        replies.subscribed(
                command,
                since,
                name.category().text(),
                name.text(),
                topic.link().name());
    }

    /** @param topic the unsubscribed topic, or null if there was none */
    private void unsubscribed(Command command, Topic topic) {
        TopicName name = topic == null ? null : topic.name();
        replies.unsubscribed(command, name == null ? null : name.category().text(), name == null ? null : name.text());
    }
}
