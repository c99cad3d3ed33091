package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.connection.GroupConnections;
import dev.livefeed.connector.binance.history.BinanceHistory;
import dev.livefeed.connector.binance.instrument.BinanceListing;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.BinanceRest;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.binance.venue.ConnectionGroup;
import dev.livefeed.connector.feed.CommandReplies;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.WeightPerMinute;
import dev.livefeed.connector.feed.connection.ConnectionReports;
import dev.livefeed.connector.feed.connection.OverlappingConnection;
import dev.livefeed.connector.history.HistoryRequests;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Core of the connector: converts commands to subscriptions and frames to events. */
public final class BinanceFeed implements LinkedFeed, OverlappingConnection.Listener<VenueStream> {

    private static final Logger LOG = LoggerFactory.getLogger(BinanceFeed.class);
    private static final String WITHDRAWN = "unsubscribed before it took effect";

    /** Counters of what this venue does not have. */
    private static final Set<String> NOT_USED =
            Set.of("rpi_book_restarts", "ticker_restarts", "early_ticker_deltas", "truncated_books");

    private final BinanceSettings settings;
    private final BinanceMarket market;
    private final VenueContext context;
    private final WeightPerMinute weight;
    private final GroupConnections connections;
    private final ConnectionReports reports;
    private final CommandReplies replies;
    private final StreamSubscriptions subscriptions;
    private final InstrumentDirectory directory;
    private final SymbolAdmission admission;
    private final InstrumentReporter reporter;
    private final InstrumentLifecycle lifecycle;
    private final HistoryRequests history;

    public BinanceFeed(
            BinanceSettings settings, Network network, Outbox outbox, TimeSource time, RandomGenerator random) {
        this.settings = settings;
        this.market = settings.market();
        this.weight = new WeightPerMinute(time, settings.weights().perMinute());
        this.context = VenueContext.create(settings, new BinanceRest(settings), weight, network, outbox, time, random);
        weight.follow(context.clock());
        this.connections = new GroupConnections(context, settings, this);
        this.reports = new ConnectionReports(context, connections.pool(), "streams");
        this.replies = new CommandReplies(context);
        this.subscriptions = new StreamSubscriptions(context, settings, connections, weight::limit);
        this.directory = new InstrumentDirectory(context, new BinanceListing(settings, weight::limit), this::listed);
        this.admission = new SymbolAdmission(directory, this::command);
        this.reporter = new InstrumentReporter(context, directory);
        this.lifecycle = new InstrumentLifecycle(
                context, directory, new InstrumentStreams(subscriptions, this::leave, this::command));
        this.history =
                new HistoryRequests(context, new BinanceHistory(context, settings, connections.pool()::synthetic));
        context.rest().onPause(reports::requestsPaused);
    }

    @Override
    public void start() {
        connections.pool().begin(ConnectionGroup.of(market).get(0));
        context.clock().tick();
    }

    @Override
    public void command(Command command) {
        if (command.category() != null && !command.category().equals(market.text())) {
            replies.refuse(
                    command,
                    "category is \"" + command.category() + "\", must be " + market.text() + " with BINANCE_MARKET "
                            + market.setting());
            return;
        }
        ChannelName channel;
        try {
            channel = ChannelName.of(market, command.channel(), settings.depth());
        } catch (IllegalArgumentException e) {
            replies.refuse(command, e.getMessage());
            return;
        }
        if (admission.keeps(command, market)) {
            return;
        }
        switch (command.kind()) {
            case SUBSCRIBE -> subscribe(command, channel);
            case UNSUBSCRIBE -> unsubscribe(command, channel);
            case RESYNC -> resync(command, channel);
            default -> replies.refuse(command, "the command is not supported by a live feed");
        }
    }

    private void subscribe(Command command, ChannelName channel) {
        String symbol = command.symbol();
        StreamSubscription subscription = subscriptions.find(symbol, channel);
        String unknown = directory.unknown(market, symbol);
        if (unknown != null && subscription == null) {
            replies.refuseUnknown(command, market.text(), unknown);
            lifecycle.unknown(market, symbol, command.channel());
            neverFetched(command, channel, unknown);
            return;
        }
        String ended = lifecycle.endedBefore(market, symbol, command.channel());
        if (ended != null) {
            replies.refuse(command, ended);
            reporter.report(market, symbol);
            neverFetched(command, channel, ended);
            return;
        }
        if (channel.kind() == ChannelName.Kind.BOOK && !context.rest().available()) {
            context.figures().refused++;
            replies.refuse(command, "a book begins with a snapshot from REST; set BINANCE_REST_BASE_URL");
            return;
        }
        if (subscription == null) {
            subscription = subscriptions.create(symbol, channel);
        }
        if (subscription == null) {
            context.figures().refused++;
            replies.refuse(
                    command,
                    "all connections are full: max_connections is "
                            + settings.connections().connections());
            return;
        }
        boolean added = !subscription.has(channel.text());
        if (added) {
            subscription.addChannel(channel.text());
        }
        if (subscription.trades() != null && command.since() >= 0) {
            subscription.trades().follows(command.since(), command.known());
        }
        boolean expected = lifecycle.expectsData(market, symbol);
        subscription.streams().forEach(stream -> stream.expectsData(expected));
        if (subscription.isCarried() || !subscription.await(channel.text(), command)) {
            subscribed(command, subscription);
        }
        if (added && subscription.book() != null) {
            // Of a book that is synced already, this writes a snapshot.
            subscription.book().addView(channel.text(), channel.depth());
        }
        lifecycle.follow(market, symbol);
        reporter.report(market, symbol);
    }

    /** The instrument is no longer listed, so its last trades cannot be fetched. */
    private void neverFetched(Command command, ChannelName channel, String why) {
        if (channel.kind() == ChannelName.Kind.TRADES) {
            replies.tradesNotFetched(command, market.text(), channel.text(), why);
        }
    }

    private void unsubscribe(Command command, ChannelName channel) {
        StreamSubscription subscription = subscriptions.find(command.symbol(), channel);
        if (subscription != null && subscription.has(channel.text())) {
            leave(subscription, channel.text(), WITHDRAWN);
        }
        replies.unsubscribed(
                command,
                market.text(),
                subscription == null ? null : subscription.streams().get(0).toString());
        lifecycle.unfollow(
                market,
                command.symbol(),
                channel.text(),
                !subscriptions.of(command.symbol()).isEmpty());
    }

    /** A channel is not wanted any more. */
    private void leave(StreamSubscription subscription, String channel, String why) {
        subscription.removeChannel(channel).forEach(waiting -> replies.refuse(waiting, why));
        if (subscription.book() != null) {
            subscription.book().removeView(channel);
        }
        if (subscription.channels().isEmpty()) {
            if (subscription.trades() != null) {
                subscription.trades().abandon("it was unsubscribed before they were fetched");
            }
            subscriptions.remove(subscription);
        }
    }

    private void resync(Command command, ChannelName channel) {
        StreamSubscription subscription = subscriptions.find(command.symbol(), channel);
        if (subscription == null || subscription.book() == null || !subscription.has(channel.text())) {
            replies.refuse(
                    command,
                    channel.kind() == ChannelName.Kind.BOOK
                            ? "no book of " + command.symbol() + " is subscribed, so there is nothing to resync"
                            : "channel " + channel.text() + " does not support resync; use depth or depth.N");
            return;
        }
        subscription.book().resync(channel.text(), command.id());
    }

    @Override
    public boolean history(Command command) {
        history.add(command);
        return true;
    }

    @Override
    public void commandsDone() {
        connections.pool().all().forEach(OverlappingConnection::flush);
    }

    /** Called when a listing has changed. */
    private void listed(VenueCategory category) {
        admission.tick();
        subscriptions
                .all()
                .forEach(one -> reporter.report(market, one.instrument().symbol()));
        commandsDone();
    }

    @Override
    public NetworkLink owner(int link) {
        return connections.pool().byLink(link);
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
        connections.pool().tick();
        closeEmpty();
        subscriptions.tick();
        context.rest().tick();
        history.tick();
    }

    @Override
    public void stop() {
        history.stop();
        subscriptions.all().forEach(one -> {
            if (one.trades() != null) {
                one.trades().stopped();
            }
        });
        connections.pool().stop();
        context.sessions().network().end();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put(
                "connected",
                connections.pool().size() > 0
                        && connections.pool().open() == connections.pool().size());
        shown.put("connections", connections.pool().size());
        shown.put("connections_open", connections.pool().open());
        shown.put("connects_in_5_minutes", context.sessions().budget().recentAttempts());
        shown.put("subscriptions", connections.pool().streams());
        subscriptions.show(shown);
        shown.put("stale_snapshots", context.figures().staleSnapshots);
        shown.put("book_corrections", context.figures().bookCorrections);
        shown.put("rest_weight_used", weight.used());
        shown.put("rest_weight_limit", weight.limit());
        context.clock().show(shown);
        history.show(shown);
        shown.putAll(context.figures().shown());
        shown.keySet().removeAll(NOT_USED);
        return shown;
    }

    @Override
    public void up(OverlappingConnection<?, VenueStream> connection) {
        reports.up(connection);
    }

    @Override
    public void down(OverlappingConnection<?, VenueStream> connection, SessionEnd end) {
        reports.down(connection, end);
        for (VenueStream stream : connection.streams().all()) {
            StreamSubscription subscription = subscriptions.of(stream);
            if (subscription == null) {
                continue;
            }
            if (connections.pool().open() > 0 && subscription.book() != null) {
                // If other connections remain, the end of one does not tell the reader which books are stale.
                subscription
                        .book()
                        .connectionLost("its connection " + connection.name() + " has ended: " + end.reason());
            }
            if (!subscription.isCarried()) {
                subscription.announced(false);
            }
        }
    }

    @Override
    public void replaced(OverlappingConnection<?, VenueStream> connection, long ageMillis, String reason) {
        reports.replaced(connection, ageMillis, reason);
    }

    @Override
    public void budgetUsedUp(OverlappingConnection<?, VenueStream> connection, long waitMillis) {
        reports.budgetUsedUp(connection, 300, settings.connections().budget(), waitMillis);
    }

    private void closeEmpty() {
        OverlappingConnection<?, VenueStream> closed = connections.pool().closeEmpty();
        if (closed != null) {
            reports.closed(closed);
        }
    }

    @Override
    public void active(VenueStream stream) {
        StreamSubscription subscription = subscriptions.of(stream);
        if (subscription == null || !subscription.isCarried()) {
            return;
        }
        for (String channel : subscription.channels()) {
            List<Command> commands = subscription.answered(channel);
            commands.forEach(command -> subscribed(command, subscription));
            if (commands.isEmpty() && !subscription.announced()) {
                subscribed(
                        new Command(
                                Command.Kind.SUBSCRIBE,
                                channel,
                                subscription.instrument().symbol(),
                                market.text(),
                                null),
                        subscription);
            }
        }
        subscription.announced(true);
    }

    @Override
    public void refused(VenueStream stream, String venueText) {
        StreamSubscription subscription = subscriptions.of(stream);
        if (subscription == null) {
            return;
        }
        context.figures().refused++;
        String symbol = subscription.instrument().symbol();
        String text = venueText + directory.hint(market, symbol);
        LOG.warn("subscription_refused topic={} reason=\"{}\"", stream, text);
        if (subscription.trades() != null) {
            // Trades that are held come before the refusal, which ends the subscription.
            subscription.trades().abandon("the venue refuses it: " + text);
        }
        for (String channel : subscription.channels()) {
            List<Command> waiting = subscription.removeChannel(channel);
            waiting.forEach(command -> replies.refuse(command, text));
            if (waiting.isEmpty()) {
                replies.refused(text, symbol, market.text(), channel);
            }
            lifecycle.refused(market, symbol, channel);
        }
        subscriptions.remove(subscription);
    }

    @Override
    public void suspect(VenueStream stream) {
        lifecycle.suspect(market, stream.instrument().symbol());
    }

    private void subscribed(Command command, StreamSubscription subscription) {
        VenueStream first = subscription.streams().get(0);
        Instant since = subscription.trades() == null
                ? null
                : Times.instant(subscription.trades().subscribedSince());
        replies.subscribed(command, since, market.text(), first.toString(), first.connection());
    }
}
