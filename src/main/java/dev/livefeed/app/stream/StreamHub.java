package dev.livefeed.app.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.market.MarketListener;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Authenticated;
import dev.livefeed.protocol.status.Authenticating;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.PrivateDisconnected;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to the clients of the stream. Whoever brings an event only lays it on the tape, and not even that where nobody
 * wants such; one thread of the hub's own writes each event once and hands it to every client that wants it.
 */
public final class StreamHub implements MarketListener {

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);

    private static final long TICK_MILLIS = 1_000;
    private static final int TRADE_WEIGHT = 8;
    /** Statuses of a connector that are about itself or the account, not about the market. */
    private static final Set<Class<? extends Status>> NOT_PASSED_ON = Set.of(
            Heartbeat.class,
            Subscribed.class,
            Unsubscribed.class,
            Authenticating.class,
            Authenticated.class,
            PrivateDisconnected.class);

    private final StreamLimits limits;
    private final StreamNames vocabulary;
    private final StreamSource source;
    private final StreamMessages messages;
    private final LongSupplier millis;
    private final StreamFigures figures = new StreamFigures();
    private final EventQueue tape;
    private final Thread thread = new Thread(this::run, "stream");

    /** Whether any client wants them; set by the hub's thread. */
    private volatile boolean anyone;

    private volatile boolean trades;
    private volatile boolean depth;
    private volatile boolean stopped;

    /** Belong to the hub's thread. */
    private final List<StreamClient> clients = new ArrayList<>();

    private long tickedAt;
    private Map<String, Object> toldFeed = Map.of();

    /** A book that must not be read. */
    private record Stale(String symbol, int levels, String reason) {}

    /** What is rare, with the channels that it goes to. */
    private record Notice(List<String> channels, String symbol, Supplier<String> text) {}

    /** Further market data, as it is. */
    private record Further(String channel, Event event) {}

    /**
     * @param timeframes of the candles
     * @param wanted the channels that are wanted of the connector
     * @param source of snapshots
     * @param clean takes secrets out of a text
     * @param millis a clock that never goes back, milliseconds
     */
    public StreamHub(
            StreamLimits limits,
            List<String> timeframes,
            List<String> wanted,
            StreamSource source,
            UnaryOperator<String> clean,
            LongSupplier millis) {
        this(limits, timeframes, wanted, source, clean, millis, EventQueue.CAPACITY);
    }

    StreamHub(
            StreamLimits limits,
            List<String> timeframes,
            List<String> wanted,
            StreamSource source,
            UnaryOperator<String> clean,
            LongSupplier millis,
            int capacity) {
        this.limits = limits;
        this.vocabulary = new StreamNames(timeframes, wanted, source::symbols);
        this.source = source;
        this.messages = new StreamMessages(source::synthetic, clean);
        this.millis = millis;
        this.tape = new EventQueue(capacity);
        this.tickedAt = millis.getAsLong();
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Closes all clients, and lets none in any more. */
    public void stop() {
        stopped = true;
        tape.control(() -> {
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
            tape.put(trade, TRADE_WEIGHT, StreamNames.TRADES, trade.symbol());
        }
    }

    @Override
    public void depth(Depth update) {
        if (depth) {
            int weight = TRADE_WEIGHT + update.bids().size() + update.asks().size();
            tape.put(update, weight, vocabulary.depthChannel(update.levels()), update.symbol());
        }
    }

    @Override
    public void stale(String symbol, int levels, String reason) {
        if (depth) {
            tape.control(() -> stale(new Stale(symbol, levels, reason)));
        }
    }

    /**
     * Takes what a route brings: candles, signals with what became of them, statuses, errors, tickers, klines, liquidations.
     * Never waits.
     *
     * @throws IllegalArgumentException where it is something that the stream does not carry
     */
    public void take(Object body) {
        if (body instanceof AccountEvent) {
            throw new IllegalArgumentException(
                    "events of the account are not for the stream: whoever reads it would see them");
        } else if (body instanceof Trade || body instanceof Depth) {
            throw new IllegalArgumentException("trades and depth come to the stream without a route");
        } else if (body instanceof Candle candle) {
            notice(
                    List.of(StreamNames.CANDLES, StreamNames.CANDLES + '.' + candle.timeframe()),
                    candle.symbol(),
                    () -> messages.candle(candle));
        } else if (body instanceof SignalOutcome outcome) {
            notice(List.of(StreamNames.SIGNALS), outcome.signal().symbol(), () -> messages.signal(outcome));
        } else if (body instanceof Status status) {
            if (!NOT_PASSED_ON.contains(status.getClass()) && !"account".equals(status.channel())) {
                notice(List.of(StreamNames.STATUS), status.symbol(), () -> messages.status(status));
            }
        } else if (body instanceof Failure failure) {
            notice(List.of(StreamNames.STATUS), failure.symbol(), () -> messages.status(failure));
        } else if (body instanceof Ticker ticker) {
            further("ticker", ticker);
        } else if (body instanceof Kline kline) {
            further(kline.channel(), kline);
        } else if (body instanceof Liquidation liquidation) {
            further(Liquidation.CHANNEL, liquidation);
        } else {
            throw new IllegalArgumentException("the stream takes candles, outcomes of signals and events, not "
                    + (body == null ? "nothing" : body.getClass().getName()));
        }
    }

    private void notice(List<String> channels, String symbol, Supplier<String> text) {
        if (anyone) {
            tape.put(new Notice(channels, symbol, text), TRADE_WEIGHT, channels.get(0), symbol);
        }
    }

    private void further(String channel, Event event) {
        if (anyone) {
            tape.put(new Further(channel, event), TRADE_WEIGHT, channel, event.symbol());
        }
    }

    /**
     * Takes one of the places that there are.
     *
     * @return why there is none, or null
     */
    public String enter() {
        if (stopped) {
            return "the application stops";
        }
        return figures.enter(limits.clients())
                ? null
                : "there are " + limits.clients() + " clients already, which is the most (STREAM_CLIENTS); try later";
    }

    /** Counts an attempt that was turned away. */
    public void turnedAway() {
        figures.wasRefused();
    }

    /** Gives a place back that was taken and not used, or whose client is gone. */
    public void leave() {
        figures.left();
    }

    /**
     * What a query asks for.
     *
     * @param channels a comma list, or null: everything but books
     * @param symbols a comma list, or null: all
     * @throws BadRequestException with what, the value and the rule
     */
    public ClientSubscription interest(String channels, String symbols) throws BadRequestException {
        return ClientSubscription.of(channels, symbols, vocabulary);
    }

    /** Lets a client in that has a place; it is told what it asked for from now on. */
    public void join(ClientSink sink, ClientSubscription interest) {
        tape.control(() -> {
            if (stopped) {
                sink.close(CloseCode.GOING_AWAY, "the application stops");
                return;
            }
            StreamClient client = new StreamClient(sink, limits, interest, messages, figures);
            clients.add(client);
            recount();
            Map<String, Object> feed = source.feed();
            if (clients.size() == 1) {
                isNews(feed);
            }
            client.answer(messages.feed(feed), millis.getAsLong());
            for (String channel : interest.channels()) {
                owe(client, channel, null);
            }
            client.pay(source, this::request);
        });
    }

    /** A text of a client. */
    public void message(ClientSink sink, String text) {
        with(sink, client -> command(client, text));
    }

    /** A client has sent more commands than it may. */
    public void overspent(ClientSink sink) {
        with(sink, client -> client.close(CloseCode.POLICY, CommandBudget.RULE));
    }

    /** Half of what waited for a client is written. */
    public void drained(ClientSink sink) {
        with(sink, client -> {
            client.drained();
            client.pay(source, this::request);
        });
    }

    /** A client is gone. */
    public void gone(ClientSink sink) {
        tape.control(() -> {
            clients.removeIf(client -> client.sink() == sink);
            recount();
        });
    }

    private void with(ClientSink sink, Consumer<StreamClient> work) {
        tape.control(() -> clients.stream()
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
                client.interest().add(command.channel(), command.symbol());
            } else if (command.name().equals(StreamCommand.UNSUBSCRIBE)) {
                client.interest().remove(command.channel(), command.symbol());
                client.forgetUnwanted();
            }
            figures.command(true);
            recount();
            client.answer(messages.answer(command), now);
            if (command.name().equals(StreamCommand.SUBSCRIBE)) {
                if (command.channel().equals(StreamNames.STATUS)) {
                    client.answer(messages.feed(source.feed()), now);
                }
                owe(client, command.channel(), command.symbol());
                client.pay(source, this::request);
            }
        } catch (BadRequestException e) {
            figures.command(false);
            client.answer(messages.refusal(e.getMessage(), StreamCommand.id(tree)), now);
        }
    }

    /** @param symbol null for all that are wanted */
    private void owe(StreamClient client, String channel, String symbol) {
        List<String> symbols =
                symbol == null ? client.interest().symbols(channel, vocabulary.symbols()) : List.of(symbol);
        symbols.forEach(one -> client.owe(channel, one));
    }

    private void request(StreamClient client, String channel, String symbol) {
        tape.copy(() -> {
            var view = source.book(symbol, vocabulary.books(channel));
            return () -> {
                client.snapshot(channel, symbol, view, millis.getAsLong());
                client.pay(source, this::request);
            };
        });
    }

    private void recount() {
        anyone = !clients.isEmpty();
        trades =
                clients.stream().anyMatch(client -> client.interest().channels().contains(StreamNames.TRADES));
        depth = clients.stream().anyMatch(client -> client.interest().anyDepth());
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work(tape.take(clients.isEmpty() ? 0 : TICK_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("stream_failed", e);
            }
        }
    }

    /** Works on all that lies on the tape, without waiting; for tests, which have no thread. */
    void work() {
        try {
            EventQueue.Batch batch = tape.take(1);
            while (!batch.items().isEmpty() || !batch.losses().isEmpty()) {
                work(batch);
                batch = tape.take(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(EventQueue.Batch batch) {
        long now = millis.getAsLong();
        for (Object item : batch.items()) {
            try {
                deliver(item, now);
            } catch (RuntimeException e) {
                LOG.warn("stream_failed item={}", item.getClass().getSimpleName(), e);
            }
        }
        batch.losses()
                .forEach((loss, count) ->
                        clients.forEach(client -> client.lostBefore(loss.channel(), loss.symbol(), count, now)));
        clients.forEach(client -> client.pay(source, this::request));
        if (now - tickedAt >= TICK_MILLIS) {
            tickedAt = now;
            tick(now);
        }
    }

    private void deliver(Object item, long now) {
        if (item instanceof Trade trade) {
            Supplier<String> text = once(() -> messages.event(trade));
            clients.forEach(client -> client.event(StreamNames.TRADES, trade.symbol(), text, now));
        } else if (item instanceof Depth update) {
            String channel = vocabulary.depthChannel(update.levels());
            OneDelta text = new OneDelta(update);
            clients.forEach(client -> client.depth(channel, update, text, now));
        } else if (item instanceof Notice notice) {
            Supplier<String> text = once(notice.text());
            for (StreamClient client : clients) {
                for (String channel : notice.channels()) {
                    if (client.interest().wants(channel, notice.symbol())) {
                        client.notice(channel, notice.symbol(), text, now);
                        break;
                    }
                }
            }
        } else if (item instanceof Further further) {
            Supplier<String> text = once(() -> messages.event(further.event()));
            clients.forEach(
                    client -> client.event(further.channel(), further.event().symbol(), text, now));
        } else {
            ((Runnable) item).run();
        }
    }

    private void stale(Stale stale) {
        String channel = stale.levels() == 0 ? null : vocabulary.depthChannel(stale.levels());
        long now = millis.getAsLong();
        clients.forEach(client -> client.stale(channel, stale.symbol(), stale.levels(), stale.reason(), now));
    }

    /** Looks after the time; about once a second while there are clients. */
    void tick(long now) {
        Map<String, Object> feed = source.feed();
        if (!clients.isEmpty() && isNews(feed)) {
            Supplier<String> text = once(() -> messages.feed(feed));
            clients.forEach(client -> client.notice(StreamNames.STATUS, null, text, now));
        }
        for (StreamClient client : List.copyOf(clients)) {
            client.tick(now);
            client.pay(source, this::request);
        }
    }

    /** Whether it differs from what was told last; the reasons tell ages, which change by the second. */
    private boolean isNews(Map<String, Object> feed) {
        Map<String, Object> telling = new HashMap<>(feed);
        telling.remove("reasons");
        boolean news = !telling.equals(toldFeed);
        toldFeed = telling;
        return news;
    }

    private static Supplier<String> once(Supplier<String> text) {
        return new Supplier<>() {
            private String written;

            @Override
            public String get() {
                if (written == null) {
                    written = text.get();
                }
                return written;
            }
        };
    }

    /** The text of an update, written when the first client wants it. */
    private final class OneDelta implements StreamClient.DepthText {

        private final Depth update;
        private String written;

        private OneDelta(Depth update) {
            this.update = update;
        }

        @Override
        public String of(long position) {
            if (written == null) {
                written = update.snapshot() ? messages.event(update) : messages.delta(update, position);
            }
            return written;
        }
    }
}
