package dev.livefeed.soak;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The application side of the protocol: sends commands, reads events and checks everything that can be checked. */
final class Application {

    private final Map<String, StreamState> states = new LinkedHashMap<>();
    private final Map<String, PendingCommand> pending = new LinkedHashMap<>();
    private final Consumer<Command> connector;
    private final SoakFigures figures;
    private final BiFunction<StreamRequest, StreamState, StreamState> contractBook;
    private int lastId;
    private boolean connected;
    private final Set<String> down = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> emitted = new HashSet<>();

    private record PendingCommand(Kind kind, StreamState state) {}

    /** The state of a stream as known to the application. */
    static final class StreamState {

        final StreamRequest stream;
        /** For a contract whose book is subscribed because of its base coin: the stream of the coin. */
        final StreamState coin;

        final BookCheck book;
        final TradeChecks trades;
        final CandleCheck candles;
        /** Whether the connector is to keep the stream subscribed. */
        boolean wanted;

        boolean subscribed;

        /** The next subscription continues after the last trade of a process that was killed. */
        private boolean continues;

        private String lastCommand;
        private Kind lastKind;

        /** A gap mentions a refusal of the stream, which must be reported as an error too. */
        private boolean refusalDue;

        /** Of a base coin: the venue has refused the book of a contract. */
        boolean contractRefused;

        private StreamState(
                StreamRequest stream,
                StreamState coin,
                ExchangeBooks exchangeBooks,
                UndetectableLoss undetectable,
                SoakFigures figures,
                Set<String> emitted) {
            this.stream = stream;
            this.coin = coin;
            this.book = stream.isBook() && !stream.isBaseCoin()
                    ? new BookCheck(stream.toString(), exchangeBooks, figures)
                    : null;
            this.candles = stream.isCandles() ? new CandleCheck(stream.toString(), figures) : null;
            this.trades = stream.isBook() || stream.isCandles()
                    ? null
                    : new TradeChecks(stream, figures, undetectable, emitted);
        }

        private void subscribed(Status status, WrittenEvent written) {
            subscribed = true;
            if (trades != null) {
                Object since = status.details().get("since");
                trades.subscribed(
                        written.made(), since == null ? -1 : TradeCheck.micros(status, "since"), written.micros());
            }
        }

        private void gap(Status gap, boolean excused) {
            if (candles != null) {
                candles.gap(gap);
                return;
            }
            boolean refused = refused(gap);
            // The gap of an instrument that has ended follows its status.
            refusalDue |= refused && wanted;
            trades.gap(null, gap, excused || refused);
        }

        /** Whether it stands for the books of all contracts of a base coin, each of which has a state of its own. */
        boolean isOfContracts() {
            return stream.isBook() && stream.isBaseCoin();
        }

        /** The process has ended; another one continues its trades if there was one. */
        private void restarted() {
            subscribed = false;
            refusalDue = false;
            if (book != null) {
                book.unsubscribed();
                wanted &= coin == null;
            } else if (candles != null) {
                candles.restarted();
            } else if (trades == null) {
                contractRefused = false;
            } else if (!wanted || trades.resumesAt() < 0) {
                trades.unsubscribed();
            } else {
                continues = true;
            }
        }

        private void ended() {
            subscribed = false;
            refusalDue = false;
            if (trades != null) {
                trades.unsubscribed();
            } else if (candles != null) {
                candles.unsubscribed();
            } else if (book != null) {
                book.unsubscribed();
                wanted &= coin == null;
            }
        }
    }

    Application(
            List<StreamRequest> streams,
            ExchangeBooks exchangeBooks,
            UndetectableLoss undetectable,
            Consumer<Command> connector,
            SoakFigures figures) {
        this.connector = connector;
        this.figures = figures;
        this.contractBook =
                (request, coin) -> new StreamState(request, coin, exchangeBooks, undetectable, figures, emitted);
        streams.forEach(stream -> states.put(key(stream), contractBook.apply(stream, null)));
    }

    /** The connector has ended, and with it everything that was under way. */
    void restarted() {
        pending.clear();
        down.clear();
        connected = false;
        states.values().forEach(StreamState::restarted);
    }

    private static String key(StreamRequest stream) {
        return key(stream.category(), stream.symbol(), stream.levels());
    }

    private static String key(String category, String symbol, int levels) {
        return category + '/' + symbol + '/' + levels;
    }

    /** A market is listed. */
    void listed(String category, String symbol) {
        states.values().stream()
                .filter(of -> of.trades != null && of.stream.covers(category, symbol))
                .forEach(of -> of.trades.of(symbol));
        List.copyOf(states.values()).stream()
                .filter(of -> of.isOfContracts() && of.stream.covers(category, symbol))
                .forEach(coin -> {
                    StreamRequest one = coin.stream.contractBook(symbol);
                    states.computeIfAbsent(key(one), key -> contractBook.apply(one, coin));
                });
    }

    Collection<StreamState> states() {
        return states.values();
    }

    void subscribe(StreamRequest stream) {
        send(Kind.SUBSCRIBE, stream).wanted = true;
    }

    void unsubscribe(StreamRequest stream) {
        send(Kind.UNSUBSCRIBE, stream).wanted = false;
    }

    void resync(StreamRequest stream) {
        send(Kind.RESYNC, stream);
    }

    private StreamState send(Kind kind, StreamRequest stream) {
        figures.commands++;
        String id = "c-" + ++lastId;
        StreamState of = states.get(key(stream));
        pending.put(id, new PendingCommand(kind, of));
        if (kind != Kind.RESYNC) {
            of.lastCommand = id;
            of.lastKind = kind;
        }
        long since = kind == Kind.SUBSCRIBE && of.continues ? of.trades.resumesAt() : -1;
        of.continues = false;
        of.contractRefused &= kind != Kind.SUBSCRIBE;
        List<String> known = since < 0 ? List.of() : of.trades.idsSince(since);
        connector.accept(new Command(kind, stream.channel(), stream.symbol(), stream.category(), id, since, known));
        return of;
    }

    /**
     * Describes what has not recovered yet; null if everything is correct.
     *
     * @param intended streams that should be subscribed
     * @param silent whether the market of a stream sends nothing in its phase
     * @param missing returns the first missing trade of a stream, or null
     */
    String problem(
            Set<StreamRequest> intended, Predicate<StreamRequest> silent, Function<StreamState, MadeTrade> missing) {
        if (!pending.isEmpty()) {
            return "commands without an answer: " + pending.keySet();
        }
        if (!connected && !intended.isEmpty()) {
            return "not connected";
        }
        if (!down.isEmpty() && !intended.isEmpty()) {
            return "connections are down: " + down;
        }
        for (StreamState of : states.values()) {
            if (of.coin != null) {
                if (of.subscribed && !of.coin.wanted) {
                    return of.stream + " is subscribed, but its base coin is not";
                }
                if (!of.subscribed && of.coin.wanted && !silent.test(of.stream) && !ended(of.stream)) {
                    return of.stream + " has not joined the stream of its base coin";
                }
            } else if (of.wanted != intended.contains(of.stream)) {
                return of.stream + " is " + (of.wanted ? "" : "not ") + "wanted";
            }
            if (of.refusalDue) {
                return of.stream + " is refused according to a gap, but no error reports it";
            }
            if (of.wanted && !of.subscribed) {
                return of.stream + " is not subscribed";
            }
            if (of.wanted && of.book != null && !of.book.correct() && !silent.test(of.stream)) {
                return of.stream + " is stale";
            }
            String candle = of.wanted && of.candles != null ? of.candles.problem() : null;
            if (candle != null) {
                return candle;
            }
            MadeTrade row = of.wanted && of.trades != null ? missing.apply(of) : null;
            if (row != null) {
                return of.stream + " misses " + row;
            }
        }
        return null;
    }

    /** Handles an event of the connector. */
    void event(WrittenEvent written) {
        Event event = written.event();
        if (event instanceof Trade trade) {
            trade(trade);
        } else if (event instanceof Depth depth) {
            find(depth.category(), depth.symbol(), depth.levels(), depth).book.depth(depth);
        } else if (event instanceof Kline kline) {
            find(kline.category(), kline.symbol(), -1, kline).candles.candle(kline);
        } else if (event instanceof Failure failure) {
            failure(failure);
        } else if (event instanceof Status status) {
            status(status, written);
        } else {
            throw new Violation("an event of unknown type: " + event);
        }
    }

    /** A trade of an option contract may belong to two streams: that of the contract and that of the base coin. */
    private void trade(Trade trade) {
        emitted.add(TradeChecks.key(trade.symbol(), trade.id()));
        boolean wanted = false;
        for (StreamState of : states.values()) {
            if (of.trades != null && of.stream.covers(trade.category(), trade.symbol()) && of.trades.isOpen()) {
                of.trades.trade(trade);
                wanted = true;
            }
        }
        if (!wanted) {
            throw new Violation("a trade of a stream that is not subscribed: " + trade);
        }
        figures.tradesDelivered++;
    }

    private void status(Status status, WrittenEvent written) {
        switch (status.status()) {
            case ConnectionUp.STATUS -> {
                connected = true;
                down.remove(String.valueOf(status.details().get("connection")));
            }
            case ConnectionClosed.STATUS ->
                down.remove(String.valueOf(status.details().get("connection")));
            case ConnectionDown.STATUS -> disconnected((ConnectionDown) status);
            case Subscribed.STATUS -> {
                StreamState of = answered(status, Kind.SUBSCRIBE);
                if (of.coin != null) {
                    of.wanted = true;
                    figures.contractsJoined++;
                } else if (status.id() == null && !of.wanted && of.lastKind == Kind.SUBSCRIBE) {
                    // It was refused; the connector subscribes it once its market is listed.
                    of.wanted = true;
                    figures.joined++;
                } else if (status.id() != null && status.id().equals(of.lastCommand)) {
                    of.wanted = true;
                }
                of.subscribed(status, written);
            }
            case Unsubscribed.STATUS -> answered(status, Kind.UNSUBSCRIBE).ended();
            case Resyncing.STATUS ->
                answered(status, Kind.RESYNC).book.resyncing(status.id() != null || written.excused());
            case Synced.STATUS -> find(status).book.synced();
            case BookSuspect.STATUS -> find(status).book.suspect();
            case InstrumentEnded.STATUS -> instrumentEnded(status);
            case Repaired.STATUS -> {
                StreamState of = find(status);
                of.trades.repaired(null, status);
                baseCoinOf(of).ifPresent(coin -> coin.trades.repaired(of.stream.symbol(), status));
            }
            case Gap.STATUS -> {
                StreamState of = find(status);
                of.gap(status, written.excused());
                figures.tradeGaps += of.trades == null ? 0 : 1;
                baseCoinOf(of)
                        .ifPresent(coin ->
                                coin.trades.gap(of.stream.symbol(), status, written.excused() || refused(status)));
            }
            default -> {
                // Figures and statuses without effect on the checks.
            }
        }
    }

    /** The stream of the base coin, which has the trades of the contract too. */
    private Optional<StreamState> baseCoinOf(StreamState contract) {
        return states.values().stream()
                .filter(of -> of != contract
                        && of.trades != null
                        && contract.trades != null
                        && of.stream.isBaseCoin()
                        && of.stream.covers(contract.stream.category(), contract.stream.symbol()))
                .findFirst();
    }

    private static boolean refused(Status gap) {
        return String.valueOf(gap.reason()).contains("the venue refuses it: ");
    }

    private void instrumentEnded(Status status) {
        String category = String.valueOf(status.details().get("category"));
        ended.add(category + '/' + status.symbol());
        figures.endedInstruments++;
        for (StreamState of : states.values()) {
            if (of.stream.category().equals(category) && of.stream.symbol().equals(status.symbol())) {
                of.wanted = false;
                if (of.trades != null) {
                    of.trades.ended();
                }
                of.ended();
            }
        }
    }

    /** Whether the market of a stream has been reported as ended. */
    boolean ended(StreamRequest stream) {
        return ended.contains(stream.category() + '/' + stream.symbol());
    }

    private void disconnected(ConnectionDown status) {
        if (!status.feedLost()) {
            // A resyncing status follows for each book of the connection.
            down.add(String.valueOf(status.details().get("connection")));
            return;
        }
        connected = false;
        String url = String.valueOf(status.details().get("url"));
        states.values().stream()
                .filter(of -> of.book != null
                        // The address of Binance has no category; its connector has one only.
                        && (url.endsWith('/' + of.stream.category()) || url.endsWith("/stream")))
                .forEach(of -> of.book.disconnected());
    }

    private StreamState answered(Status status, Kind kind) {
        if (status.id() == null) {
            return find(status);
        }
        PendingCommand command = pending.remove(status.id());
        if (command == null || command.kind() != kind) {
            throw new Violation("an answer to no command: " + status);
        }
        return command.state();
    }

    private void failure(Failure failure) {
        if (!"refused".equals(failure.code())) {
            throw new Violation("an error: " + failure);
        }
        if (failure.id() != null) {
            PendingCommand command = pending.remove(failure.id());
            if (command == null) {
                throw new Violation("an answer to no command: " + failure);
            }
            if (command.kind() == Kind.SUBSCRIBE && failure.id().equals(command.state().lastCommand)) {
                command.state().wanted = false;
                command.state().ended();
            }
            return;
        }
        figures.refused++;
        for (StreamState of : states.values()) {
            if (of.stream.category().equals(failure.category())
                    && of.stream.symbol().equals(failure.symbol())
                    && of.stream.channel().equals(failure.channel())) {
                PendingCommand last = pending.get(of.lastCommand);
                of.wanted = last != null && last.kind() == Kind.SUBSCRIBE;
                of.ended();
                if (of.coin != null) {
                    of.coin.contractRefused = true;
                }
            }
        }
    }

    private StreamState find(Status status) {
        int levels = status.details().get("levels") instanceof Number number ? number.intValue() : -1;
        String category = String.valueOf(status.details().get("category"));
        for (StreamState of : states.values()) {
            StreamRequest stream = of.stream;
            if (stream.category().equals(category)
                    && stream.symbol().equals(status.symbol())
                    && stream.channel().equals(status.channel())
                    && (levels < 0 || levels == stream.levels())) {
                return of;
            }
        }
        throw new Violation("a status of an unknown stream: " + status);
    }

    private StreamState find(String category, String symbol, int levels, Event event) {
        StreamState of = states.get(key(category, symbol, levels));
        if (of == null || (!of.wanted && !of.subscribed)) {
            throw new Violation("an event of a stream that is not wanted: " + event);
        }
        return of;
    }
}
