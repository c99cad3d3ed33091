package dev.livefeed.app.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.market.MarketListener;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distributes events to the clients of the stream. Producers only add events to a queue, and only if a client is
 * subscribed to such events; the hub's thread serializes each event once and sends it to every subscriber.
 */
public final class StreamHub implements MarketListener {

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);

    private static final long TICK_MILLIS = 1_000;
    private static final int TRADE_WEIGHT = 8;

    /** Clients per millisecond of pause between writes: with more clients, more events are written together. */
    private static final int CLIENTS_PER_MILLI = 8;

    private static final int MAX_PAUSE_MILLIS = 20;
    /** Statuses about the connector itself or the account, not the market; these are not forwarded. */
    private static final Set<Class<? extends Status>> NOT_FORWARDED = Set.of(
            Heartbeat.class,
            HistoryDone.class,
            ReplayProgress.class,
            Subscribed.class,
            Unsubscribed.class,
            Authenticating.class,
            Authenticated.class,
            PrivateDisconnected.class);

    /** Instruments of one subscription whose past day is fetched from the exchange. */
    private static final int MAX_FILLED = 10;

    private final StreamLimits limits;
    private final StreamNames vocabulary;
    private final StreamSource source;
    private final StreamMessages messages;
    private final LongSupplier millis;
    private final StreamFigures figures = new StreamFigures();
    private final Routed routed = new Routed();
    private final EventQueue queue;
    private final StateBoard board;
    private final PastCandlePages candles;
    private final Thread thread = new Thread(this::run, "stream");

    /** Whether any client is subscribed to them; set by the hub's thread. */
    private volatile boolean anyone;

    private volatile boolean trades;
    private volatile boolean depth;
    private volatile boolean stopped;
    private volatile BooleanSupplier reclaim = () -> false;

    /** Only used by the hub's thread. */
    private final List<StreamClient> clients = new ArrayList<>();

    private final Delivered delivered = new Delivered();
    /** When the hub took the events that it is delivering. */
    private long batchAt;

    private long lastTick;
    private FeedStatus sentFeed;

    /** A book that has become stale. */
    private record Stale(InstrumentId instrument, int levels, String reason) {}

    /**
     * @param timeframes of the candles
     * @param wanted the channels requested from the connector
     * @param source of snapshots
     * @param states that clients can follow
     * @param clean redacts secrets
     * @param millis a monotonic clock, milliseconds
     */
    public StreamHub(
            StreamLimits limits,
            List<String> timeframes,
            List<String> wanted,
            StreamSource source,
            StreamStates states,
            UnaryOperator<String> clean,
            LongSupplier millis) {
        this(limits, timeframes, wanted, source, states, clean, millis, EventQueue.CAPACITY);
    }

    StreamHub(
            StreamLimits limits,
            List<String> timeframes,
            List<String> wanted,
            StreamSource source,
            StreamStates states,
            UnaryOperator<String> clean,
            LongSupplier millis,
            int capacity) {
        this.limits = limits;
        this.vocabulary = new StreamNames(timeframes, wanted, states.channels(), source::symbols);
        this.source = source;
        this.messages = new StreamMessages(source.severalVenues(), source::synthetic, clean);
        this.candles = states.candles();
        this.board = new StateBoard(
                states.followed(), (key, data) -> messages.state(key.state().type(), key.instrument(), data), millis);
        this.millis = millis;
        this.queue = new EventQueue(capacity);
        this.lastTick = millis.getAsLong();
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Closes all clients and accepts no more. */
    public void stop() {
        stopped = true;
        queue.control(() -> {
            clients.forEach(client -> client.close(CloseCode.GOING_AWAY, "the application stops"));
            Thread.currentThread().interrupt();
        });
    }

    public StreamLimits limits() {
        return limits;
    }

    public StreamFigures figures() {
        return figures;
    }

    @Override
    public void trade(Trade trade) {
        if (trades) {
            queue.put(trade, TRADE_WEIGHT, StreamNames.TRADES, trade.instrument());
        }
    }

    @Override
    public void depth(Depth update) {
        if (depth) {
            int weight = TRADE_WEIGHT + update.bids().size() + update.asks().size();
            queue.put(update, weight, vocabulary.depthChannel(update.levels()), update.instrument());
        }
    }

    @Override
    public void stale(InstrumentId instrument, int levels, String reason) {
        if (depth) {
            queue.control(() -> stale(new Stale(instrument, levels, reason)));
        }
    }

    /**
     * Publishes the body of a route: candles, signals with their outcome, statuses, errors, tickers, klines,
     * liquidations. Never waits.
     *
     * @throws IllegalArgumentException if the stream does not carry this type
     */
    public void take(Object body) {
        if (body instanceof Event event) {
            routed.visit(event);
        } else if (body instanceof Candle candle) {
            notice(
                    List.of(StreamNames.CANDLES, StreamNames.CANDLES + '.' + candle.timeframe()),
                    candle.instrument(),
                    () -> messages.candle(candle));
        } else if (body instanceof SignalOutcome outcome) {
            notice(List.of(StreamNames.SIGNALS), outcome.signal().instrument(), () -> messages.signal(outcome));
        } else {
            throw notCarried(body == null ? "nothing" : body.getClass().getName());
        }
    }

    private static IllegalArgumentException notCarried(String what) {
        return new IllegalArgumentException("the stream accepts candles, signal outcomes and events, not " + what);
    }

    /** What happens to each kind of event that a route sends. */
    private final class Routed implements EventVisitor<Void> {

        @Override
        public Void trade(Trade trade) {
            throw new IllegalArgumentException("trades and depth reach the stream without a route");
        }

        @Override
        public Void depth(Depth update) {
            throw new IllegalArgumentException("trades and depth reach the stream without a route");
        }

        @Override
        public Void account(AccountEvent event) {
            throw new IllegalArgumentException(
                    "account events must not be sent to the stream, because every client would see them");
        }

        @Override
        public Void market(MarketEvent event) {
            if (anyone) {
                queue.put(event, TRADE_WEIGHT, event.channel(), event.instrument());
            }
            return null;
        }

        @Override
        public Void status(Status status) {
            if (!NOT_FORWARDED.contains(status.getClass()) && !"account".equals(status.channel())) {
                notice(List.of(StreamNames.STATUS), instrument(status), () -> messages.status(status));
            }
            return null;
        }

        @Override
        public Void failure(Failure failure) {
            notice(List.of(StreamNames.STATUS), instrument(failure), () -> messages.status(failure));
            return null;
        }

        @Override
        public Void history(HistoryEvent event) {
            throw notCarried(event.getClass().getName());
        }

        @Override
        public Void unknown(Unknown event) {
            throw notCarried(event.getClass().getName());
        }
    }

    private InstrumentId instrument(Event event) {
        return event.symbol() == null ? null : source.instrument(event);
    }

    private void notice(List<String> channels, InstrumentId instrument, Supplier<String> text) {
        if (anyone) {
            Runnable message = () -> deliver(channels, instrument, once(() -> StreamMessage.of(text.get())));
            queue.put(message, TRADE_WEIGHT, channels.get(0), instrument);
        }
    }

    /**
     * Reserves a client slot.
     *
     * @return why none is available, or null
     */
    public String enter() {
        if (stopped) {
            return "the application stops";
        }
        return figures.enter(limits.clients()) || reclaim.getAsBoolean() && figures.enter(limits.clients())
                ? null
                : "there are " + limits.clients() + " clients already, the maximum (STREAM_CLIENTS); try later";
    }

    /** Sets what may release a slot when all are taken; returns whether it has released one. */
    public void onFull(BooleanSupplier newReclaim) {
        reclaim = newReclaim;
    }

    /** Counts a refused connection attempt. */
    public void countRefusal() {
        figures.countRefused();
    }

    /** Releases a slot whose client has left or never joined. */
    public void leave() {
        figures.left();
    }

    /**
     * Parses a query.
     *
     * @param channels comma-separated, or null for all except books
     * @param symbols comma-separated, or null for all
     * @param history number of past candles, or null for none
     * @throws BadRequestException with the field, the value and the rule
     */
    public ClientSubscription subscription(String channels, String symbols, String history) throws BadRequestException {
        return ClientSubscription.of(channels, symbols, history, vocabulary);
    }

    /** Adds a client that has a slot; it receives its subscriptions from now on. */
    public void join(ClientSink sink, ClientSubscription subscription) {
        join(sink, subscription, null);
    }

    /** @param notResumed why the client does not continue where it left off; null if it did not ask for it */
    public void join(ClientSink sink, ClientSubscription subscription, String notResumed) {
        queue.control(() -> {
            if (stopped) {
                sink.close(CloseCode.GOING_AWAY, "the application stops");
                return;
            }
            StreamClient client = new StreamClient(sink, limits, subscription, messages, figures);
            clients.add(client);
            recount();
            if (notResumed != null) {
                client.answer(messages.notResumed(notResumed), millis.getAsLong());
            }
            FeedStatus feed = source.feed();
            if (clients.size() == 1) {
                hasChanged(feed);
            }
            client.answer(messages.feed(feed), millis.getAsLong());
            for (String channel : subscription.channels()) {
                requireSnapshot(client, channel, null, subscription.history());
            }
            sendDue(client);
        });
    }

    /** Processes a text message of a client. */
    public void message(ClientSink sink, String text) {
        with(sink, client -> command(client, text));
    }

    /** Closes a client that sent too many commands. */
    public void commandLimitExceeded(ClientSink sink) {
        with(sink, client -> client.close(CloseCode.POLICY, CommandBudget.RULE));
    }

    /** Called when half of a client's queue has been written. */
    public void drained(ClientSink sink) {
        with(sink, client -> {
            client.drained();
            sendDue(client);
        });
    }

    /** Removes a client. */
    public void gone(ClientSink sink) {
        queue.control(() -> {
            clients.removeIf(client -> client.sink() == sink);
            recount();
            if (clients.isEmpty()) {
                board.clear();
            }
        });
    }

    private void with(ClientSink sink, Consumer<StreamClient> work) {
        queue.control(() -> clients.stream()
                .filter(client -> client.sink() == sink && !client.closed())
                .findFirst()
                .ifPresent(work));
    }

    private void command(StreamClient client, String text) {
        long now = millis.getAsLong();
        JsonNode tree = StreamCommand.tree(text);
        try {
            StreamCommand command = StreamCommand.of(tree, text, vocabulary);
            if (command.name().equals(StreamCommand.SUBSCRIBE)) {
                client.subscription().add(command.channel(), command.instrument());
            } else if (command.name().equals(StreamCommand.UNSUBSCRIBE)) {
                client.subscription().remove(command.channel(), command.instrument());
                client.forgetUnwanted();
            }
            figures.command(true);
            recount();
            client.answer(messages.answer(command), now);
            if (command.name().equals(StreamCommand.SUBSCRIBE)) {
                if (command.channel().equals(StreamNames.STATUS)) {
                    client.answer(messages.feed(source.feed()), now);
                }
                requireSnapshot(client, command.channel(), command.instrument(), command.history());
                sendDue(client);
            }
        } catch (BadRequestException e) {
            figures.command(false);
            client.answer(messages.refusal(e.getMessage(), StreamCommand.id(tree)), now);
        }
    }

    /**
     * @param instrument null for all subscribed symbols
     * @param history number of past candles
     */
    private void requireSnapshot(StreamClient client, String channel, InstrumentId instrument, int history) {
        List<InstrumentId> symbols =
                instrument == null ? client.subscription().symbols(channel, vocabulary.symbols()) : List.of(instrument);
        List<String> timeframes = history > 0 ? vocabulary.timeframes(channel) : List.of();
        if (board.carries(channel)) {
            board.states(channel).forEach(state -> keys(state, symbols).forEach(client::stateChanged));
            look(millis.getAsLong());
        } else if (timeframes.isEmpty()) {
            symbols.forEach(one -> client.requireSnapshot(channel, one));
        } else {
            symbols.forEach(one -> client.requirePastCandles(timeframes, one, history));
            symbols.stream()
                    .limit(MAX_FILLED)
                    .forEach(one -> candles.fill(one, () -> sendAgain(client, timeframes, one, history)));
        }
    }

    /** Sends the past candles with those that have been fetched meanwhile. */
    private void sendAgain(StreamClient client, List<String> timeframes, InstrumentId instrument, int history) {
        queue.control(() -> {
            if (clients.contains(client)) {
                client.requirePastCandles(timeframes, instrument, history);
                client.forgetUnwanted();
                sendDue(client);
            }
        });
    }

    private static List<StateBoard.StateKey> keys(FollowedState state, List<InstrumentId> symbols) {
        return state.ofInstruments()
                ? symbols.stream()
                        .map(symbol -> new StateBoard.StateKey(state, symbol))
                        .toList()
                : List.of(new StateBoard.StateKey(state, null));
    }

    private void look(long now) {
        board.look(clients, vocabulary.symbols(), now);
    }

    private void sendDue(StreamClient client) {
        client.sendDue(source, board, candles, this::request);
    }

    private void request(StreamClient client, String channel, InstrumentId instrument) {
        queue.copy(() -> {
            var view = source.book(instrument, vocabulary.books(channel));
            return () -> {
                client.snapshot(channel, instrument, view, millis.getAsLong());
                sendDue(client);
            };
        });
    }

    private void recount() {
        anyone = !clients.isEmpty();
        trades = clients.stream()
                .anyMatch(client -> client.subscription().channels().contains(StreamNames.TRADES));
        depth = clients.stream().anyMatch(client -> client.subscription().anyDepth());
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work(queue.take(clients.isEmpty() ? 0 : board.followed() ? StateBoard.LOOK_MILLIS : TICK_MILLIS));
                Thread.sleep(Math.min(MAX_PAUSE_MILLIS, clients.size() / CLIENTS_PER_MILLI));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("stream_failed", e);
            }
        }
    }

    /** Processes everything in the queue without waiting; for tests without a thread. */
    void work() {
        try {
            EventQueue.Batch batch = queue.take(1);
            while (!batch.items().isEmpty() || !batch.losses().isEmpty()) {
                work(batch);
                batch = queue.take(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(EventQueue.Batch batch) {
        long now = millis.getAsLong();
        batchAt = now;
        for (Object item : batch.items()) {
            try {
                deliver(item);
            } catch (RuntimeException e) {
                LOG.warn("stream_failed item={}", item.getClass().getSimpleName(), e);
            }
        }
        batch.losses()
                .forEach((loss, count) ->
                        clients.forEach(client -> client.lostBefore(loss.channel(), loss.instrument(), count, now)));
        if (board.due(now)) {
            look(now);
        }
        clients.forEach(this::sendDue);
        if (now - lastTick >= TICK_MILLIS) {
            lastTick = now;
            tick(now);
        }
        clients.forEach(client -> client.sink().flush());
    }

    /** An item of the queue is an event, or a task of the hub. */
    private void deliver(Object item) {
        if (item instanceof Event event) {
            delivered.visit(event);
        } else {
            ((Runnable) item).run();
        }
    }

    /** How each kind of event in the queue reaches the clients. */
    private final class Delivered implements EventVisitor<Void> {

        @Override
        public Void trade(Trade trade) {
            Supplier<StreamMessage> text = once(() -> messages.message(trade));
            clients.forEach(client -> client.event(StreamNames.TRADES, trade.instrument(), text, batchAt));
            return null;
        }

        @Override
        public Void depth(Depth update) {
            String channel = vocabulary.depthChannel(update.levels());
            SharedDelta text = new SharedDelta(update);
            clients.forEach(client -> client.depth(channel, update, text, batchAt));
            return null;
        }

        @Override
        public Void market(MarketEvent event) {
            String channel = event.channel();
            Supplier<StreamMessage> text = once(() -> messages.message(event));
            clients.forEach(client -> client.event(channel, event.instrument(), text, batchAt));
            return null;
        }

        @Override
        public Void account(AccountEvent event) {
            throw notCarried(event.getClass().getName());
        }

        @Override
        public Void status(Status status) {
            throw notCarried(status.getClass().getName());
        }

        @Override
        public Void failure(Failure failure) {
            throw notCarried(failure.getClass().getName());
        }

        @Override
        public Void history(HistoryEvent event) {
            throw notCarried(event.getClass().getName());
        }

        @Override
        public Void unknown(Unknown event) {
            throw notCarried(event.getClass().getName());
        }
    }

    /** Sends a message to each client once, on the first of its channels that the client wants. */
    private void deliver(List<String> channels, InstrumentId instrument, Supplier<StreamMessage> text) {
        for (StreamClient client : clients) {
            for (String channel : channels) {
                if (client.subscription().wants(channel, instrument)) {
                    client.notice(channel, instrument, text, batchAt);
                    break;
                }
            }
        }
    }

    private void stale(Stale stale) {
        String channel = stale.levels() == 0 ? null : vocabulary.depthChannel(stale.levels());
        long now = millis.getAsLong();
        clients.forEach(client -> client.stale(channel, stale.instrument(), stale.levels(), stale.reason(), now));
    }

    /** Periodic work, about once a second while there are clients. */
    void tick(long now) {
        FeedStatus feed = source.feed();
        if (!clients.isEmpty() && hasChanged(feed)) {
            Supplier<StreamMessage> text = once(() -> StreamMessage.of(messages.feed(feed)));
            clients.forEach(client -> client.notice(StreamNames.STATUS, null, text, now));
        }
        for (StreamClient client : List.copyOf(clients)) {
            client.tick(now);
            sendDue(client);
        }
    }

    /** Whether the state differs from the last one sent. */
    private boolean hasChanged(FeedStatus feed) {
        boolean changed = !feed.sameState(sentFeed);
        sentFeed = feed;
        return changed;
    }

    private static Supplier<StreamMessage> once(Supplier<StreamMessage> text) {
        return new Supplier<>() {
            private StreamMessage written;

            @Override
            public StreamMessage get() {
                if (written == null) {
                    written = text.get();
                }
                return written;
            }
        };
    }

    /** The text of an update, serialized when the first client needs it. */
    private final class SharedDelta implements StreamClient.DepthText {

        private final Depth update;
        private StreamMessage written;

        private SharedDelta(Depth update) {
            this.update = update;
        }

        @Override
        public StreamMessage of(long position) {
            if (written == null) {
                written = update.snapshot() ? messages.message(update) : messages.delta(update, position);
            }
            return written;
        }
    }
}
