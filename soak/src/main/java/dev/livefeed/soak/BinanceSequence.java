package dev.livefeed.soak;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * One seeded sequence of a market of Binance: some streams, a period with random faults, and a recovery period in which
 * everything must become correct again.
 */
final class BinanceSequence implements SeededSequence {

    private static final long SECOND = SimulatedTime.SECOND;
    private static final long MILLI = SimulatedTime.MILLI;
    private static final long RECOVERY_TIMEOUT = 200 * SECOND;
    private static final long DRAIN_TIMEOUT = 60 * SECOND;
    private static final int FULL_BYTES = 30_000;
    private static final int TRADE_BYTES = 120_000;
    private static final int MAX_LOG_LINES = 400;
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT");

    private final SplittableRandom random;
    private final SoakFigures figures = new SoakFigures();
    private final SimulatedTime time = new SimulatedTime();
    private final NetworkConditions conditions;
    private final Exchange exchange;
    private final SimulatedNetwork network;
    private final OutputPipe output;
    private final Application application;
    private final ProductCategory category;
    private final boolean single;
    private final boolean recycles;
    private final List<StreamRequest> streams;
    private final Map<String, BinanceTrades> made = new LinkedHashMap<>();
    private final Set<StreamRequest> intended = new HashSet<>();
    private final Set<StreamRequest> withdrawn = new HashSet<>();
    private final List<Long> killedAt = new ArrayList<>();
    private final Set<String> halted = new HashSet<>();
    private final Deque<String> log = new ArrayDeque<>();
    private Outbox outbox;
    private NetworkFeed feed;
    private boolean trading = true;
    private long outputExcusedUntil;

    BinanceSequence(long seed) {
        random = new SplittableRandom(seed);
        conditions = new NetworkConditions(random.split());
        category = seed % 2 == 0 ? ProductCategory.SPOT : ProductCategory.LINEAR;
        single = seed % 7 < 2;
        recycles = seed % 5 == 0;
        exchange = new Exchange(
                ExchangeConfig.builder()
                        .venues(Set.of(Venue.BINANCE))
                        .seed(seed)
                        .speed(0.1 + 0.4 * random.nextDouble())
                        .levels(120)
                        .tradesKept(20_000)
                        .truth(true)
                        .build(),
                time.millis());
        streams = randomStreams();
        network = new SimulatedNetwork(time, exchange, conditions);
        output = new OutputPipe(FULL_BYTES, time, this::stamp, this::taken);
        startConnector();
        application = new Application(streams, this::book, this::unknowable, this::command, figures);
        for (StreamRequest stream : streams) {
            made.computeIfAbsent(
                    stream.symbol(),
                    symbol -> new BinanceTrades(exchange.binance().known(category, symbol), single));
            application.listed(category.id(), stream.symbol());
        }
    }

    private List<StreamRequest> randomStreams() {
        Set<StreamRequest> chosen = new LinkedHashSet<>();
        int symbols = 1 + random.nextInt(3);
        int first = random.nextInt(SYMBOLS.size());
        for (int i = 0; i < symbols; i++) {
            String symbol = SYMBOLS.get((first + i) % SYMBOLS.size());
            chosen.add(of("depth", symbol, 50, "depth@100ms"));
            if (random.nextInt(4) == 0) {
                chosen.add(of("depth.20", symbol, 20, "depth@100ms"));
            }
            if (random.nextInt(5) > 0) {
                chosen.add(of("trades", symbol, 0, single ? "trade" : "aggTrade"));
            }
            if (random.nextInt(3) == 0) {
                chosen.add(of("kline.1m", symbol, -1, "kline_1m"));
            }
        }
        return List.copyOf(chosen);
    }

    private StreamRequest of(String channel, String symbol, int levels, String suffix) {
        return StreamRequest.ofBinance(category.id(), channel, symbol, levels, suffix);
    }

    private void startConnector() {
        outbox = new Outbox(output, "binance", new Outbox.Limits(FULL_BYTES, TRADE_BYTES));
        output.outbox(outbox);
        feed = BinanceCore.create(
                Map.of(
                        "BINANCE_MARKET",
                        category == ProductCategory.SPOT ? "spot" : "usdm",
                        "BINANCE_TRADES",
                        single ? "trade" : "aggTrade",
                        "BINANCE_WS_BASE_URL",
                        "ws://exchange",
                        "BINANCE_REST_BASE_URL",
                        "http://exchange",
                        "BINANCE_HISTORY_DIR",
                        "none",
                        "BINANCE_CONNECTOR_CONFIG_FILE",
                        SettingsFiles.of("\"recycle_after_ms\": " + (recycles ? 9_000 : 0))),
                network,
                outbox,
                time,
                random.split());
        network.listener(feed, outbox::flush);
    }

    /** The connector is killed, and another process follows after a while. */
    private void kill() {
        if (feed == null) {
            return;
        }
        long down = (100 + random.nextInt(20_000)) * MILLI;
        figures.fault("kill");
        note("CONNECTOR KILLED for " + down / MILLI + " ms");
        killedAt.add(time.nanos());
        figures.connector(feed.figures());
        figures.connector(outbox.figures());
        feed = null;
        network.clientEnds();
        output.ended();
        application.restarted();
        time.in(down, () -> {
            note("CONNECTOR STARTED");
            startConnector();
            network.deliver(feed::start);
            List.copyOf(intended).forEach(this::subscribe);
            network.deliver(feed::commandsDone);
        });
    }

    @Override
    public SoakFigures run() {
        time.every(10 * MILLI, this::step);
        time.every(50 * MILLI, () -> network.deliver(() -> feed.tick()));
        long faultNanos = (15 + random.nextInt(30)) * SECOND;
        network.deliver(feed::start);
        streams.forEach(this::subscribe);
        feed.commandsDone();
        plan(faultNanos);
        time.runUntil(time.nanos() + faultNanos);
        endFaults();
        settle();
        // Changes every book, because the loss of a last update is only detected with the next one.
        exchange.faults().schedule(FaultReader.line("burst,rate=400,for=200ms"));
        time.runUntil(time.nanos() + SECOND);
        exchange.faults().clear();
        time.runUntil(time.nanos() + 3 * SECOND);
        stopAndVerify();
        return figures;
    }

    @Override
    public String log() {
        return String.join("\n", log);
    }

    private void step() {
        if (trading) {
            exchange.advance(time.millis());
            made.values().forEach(trades -> trades.follow(time.nanos()));
        }
    }

    private void plan(long faultNanos) {
        BinanceFaults randomFaults = new BinanceFaults(random.split(), streams);
        for (int i = 1 + random.nextInt(10); i > 0; i--) {
            long at = time.nanos() + random.nextLong(faultNanos);
            if (random.nextInt(3) > 0) {
                String fault = randomFaults.fault();
                time.at(at, () -> {
                    figures.fault(fault.split(",")[0]);
                    note("FAULT " + fault);
                    exchange.faults().schedule(FaultReader.line(fault));
                });
            } else {
                time.at(at, this::disturb);
            }
        }
        if (random.nextInt(5) == 0) {
            time.at(time.nanos() + random.nextLong(faultNanos), this::kill);
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            time.at(time.nanos() + random.nextLong(faultNanos), this::randomCommand);
        }
    }

    /** Injects a fault of the network or of the reader of the events. */
    private void disturb() {
        long until = time.nanos() + (100 + random.nextInt(9_000)) * MILLI;
        String kind =
                switch (random.nextInt(10)) {
                    case 0 -> {
                        conditions.refusingUntil = until;
                        network.links().forEach(SimulatedLink::cut);
                        yield "net-refused";
                    }
                    case 1 -> {
                        conditions.swallowingUntil = until;
                        network.links().forEach(SimulatedLink::sever);
                        yield "net-swallowed";
                    }
                    case 2 -> {
                        conditions.slowUntil = until;
                        conditions.slowBy = (100 + random.nextInt(3_000)) * MILLI;
                        yield "net-slow";
                    }
                    case 3 -> {
                        network.links().forEach(SimulatedLink::sever);
                        yield "net-half-open";
                    }
                    case 4 -> {
                        network.links().forEach(SimulatedLink::cut);
                        yield "net-cut";
                    }
                    case 5 -> {
                        conditions.restRefusedUntil = until;
                        yield "rest-refused";
                    }
                    case 6 -> {
                        conditions.restSwallowedUntil = until;
                        yield "rest-swallowed";
                    }
                    case 7 -> {
                        network.links().stream()
                                .skip(random.nextInt(Math.max(1, network.links().size())))
                                .findFirst()
                                .ifPresent(random.nextBoolean() ? SimulatedLink::cut : SimulatedLink::sever);
                        yield "net-one";
                    }
                    case 8 -> {
                        String symbol =
                                streams.get(random.nextInt(streams.size())).symbol();
                        state(symbol, MarketState.HALTED);
                        time.at(until, () -> state(symbol, MarketState.TRADING));
                        yield "market-halted";
                    }
                    default -> {
                        output.block();
                        time.at(until, this::unblockOutput);
                        yield "output-full";
                    }
                };
        figures.fault(kind);
        note("DISTURBANCE " + kind + " for " + (until - time.nanos()) / MILLI + " ms");
    }

    private void state(String symbol, MarketState state) {
        if (state == MarketState.HALTED ? halted.add(symbol) : halted.remove(symbol)) {
            exchange.markets().state(new MarketKey(category, symbol), state, 0);
        }
    }

    private void unblockOutput() {
        output.unblock();
        outputExcusedUntil = time.nanos() + 5 * SECOND;
    }

    private void randomCommand() {
        if (feed == null) {
            return;
        }
        StreamRequest stream = streams.get(random.nextInt(streams.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                intended.remove(stream);
                withdrawn.add(stream);
                application.unsubscribe(stream);
                if (random.nextInt(3) == 0) {
                    subscribe(stream);
                }
            }
            case 1 -> {
                if (stream.isBook()) {
                    application.resync(stream);
                }
            }
            default -> subscribe(stream);
        }
        network.deliver(feed::commandsDone);
    }

    private void subscribe(StreamRequest stream) {
        intended.add(stream);
        application.subscribe(stream);
    }

    private void command(Command command) {
        note("COMMAND " + command);
        feed.command(command);
    }

    private void endFaults() {
        note("FAULTS ENDED");
        exchange.faults().clear();
        conditions.clear();
        List.copyOf(halted).forEach(symbol -> state(symbol, MarketState.TRADING));
        unblockOutput();
    }

    private void settle() {
        long since = time.nanos();
        int round = 0;
        for (String problem = problem(); problem != null; problem = problem()) {
            if (time.nanos() - since > RECOVERY_TIMEOUT) {
                throw new Violation("not recovered within " + RECOVERY_TIMEOUT / SECOND + " s: " + problem);
            }
            if (round++ % 10 == 0) {
                resubscribe();
            }
            time.runUntil(time.nanos() + 200 * MILLI);
        }
        long millis = (time.nanos() - since) / MILLI;
        figures.settleMillis += millis;
        figures.longestSettleMillis = Math.max(figures.longestSettleMillis, millis);
        note("RECOVERED after " + millis + " ms");
    }

    /** Subscribes again to streams that were refused during the faults. */
    private void resubscribe() {
        if (feed == null) {
            return;
        }
        application.states().stream()
                .filter(state -> intended.contains(state.stream) && !state.wanted)
                .map(state -> state.stream)
                .toList()
                .forEach(this::subscribe);
        network.deliver(feed::commandsDone);
    }

    /** Describes what has not recovered yet; null if everything is correct. */
    private String problem() {
        if (feed == null) {
            return "the connector is not running";
        }
        return application.problem(intended, stream -> false, state -> {
            BinanceTrades all = made.get(state.stream.symbol());
            long due = trading ? all.madeBefore(time.nanos() - 3 * SECOND) : all.made();
            return state.trades.of(state.stream.symbol()).missing(all.rows(), due);
        });
    }

    private void stopAndVerify() {
        trading = false;
        long limit = time.nanos() + DRAIN_TIMEOUT;
        time.runUntil(time.nanos() + 2 * SECOND);
        for (String problem = finalProblem(); problem != null; problem = finalProblem()) {
            if (time.nanos() > limit) {
                throw new Violation("after recovery: " + problem);
            }
            time.runUntil(time.nanos() + 200 * MILLI);
        }
        for (Application.StreamState state : application.states()) {
            if (state.trades != null) {
                String symbol = state.stream.symbol();
                state.trades.of(symbol).verify(made.get(symbol).rows());
            }
        }
        int waiting = output.waitingBytes();
        Object lost = outbox.figures().get("statuses_lost");
        if (waiting != 0 || !Long.valueOf(0).equals(lost)) {
            throw new Violation("after recovery " + waiting + " bytes are waiting and " + lost + " statuses are lost");
        }
        figures.sequences = 1;
        figures.simulatedMillis = time.nanos() / MILLI;
        figures.frames = network.frames;
        figures.connector(feed.figures());
        figures.connector(outbox.figures());
    }

    private String finalProblem() {
        String problem = problem();
        for (Application.StreamState state : application.states()) {
            if (problem == null && state.wanted && state.book != null && !state.book.current()) {
                problem = state.stream + " is not at the newest update";
            }
        }
        Set<String> subscribed = new TreeSet<>();
        for (SimulatedLink link : network.links()) {
            if (link.session() != null && link.open()) {
                subscribed.addAll(link.session().topics());
            }
        }
        Set<String> wanted = new TreeSet<>();
        intended.forEach(stream -> wanted.add(stream.topic()));
        if (problem == null && !subscribed.equals(wanted)) {
            problem = "subscribed: " + subscribed + ", wanted: " + wanted;
        }
        return problem;
    }

    private WrittenEvent stamp(Event event) {
        if (!(event instanceof Trade) && !(event instanceof Depth) && !(event instanceof Kline)) {
            note(event.toString());
        }
        if (event instanceof Status status && "trades".equals(status.channel()) && made.containsKey(status.symbol())) {
            Map<String, Long> counts =
                    Map.of(status.symbol(), made.get(status.symbol()).made());
            boolean gap = status.status().equals(Gap.STATUS);
            return new WrittenEvent(event, counts, gap && excused(status), time.micros());
        }
        // While output is blocked, the status of a book that recovers and fails again is never written.
        return new WrittenEvent(event, Map.of(), output.blocked(), time.micros());
    }

    /** Whether a fault prevented the connector from fetching the trades that it reports as lost. */
    private boolean excused(Status gap) {
        boolean unsubscribed = String.valueOf(gap.reason()).contains("unsubscribed before they were fetched")
                && withdrawn.stream()
                        .anyMatch(stream -> stream.symbol().equals(gap.symbol())
                                && stream.channel().equals("trades"));
        return unsubscribed
                || time.nanos() < network.restExcusedUntil
                || output.blocked()
                || time.nanos() < outputExcusedUntil;
    }

    /** Whether the exchange omitted frames whose loss no client can detect, since nothing followed them. */
    private boolean unknowable(String ofCategory, String symbol, MadeTrade row, boolean endedSoon) {
        boolean silent = figures.faultsByKind.containsKey("stall") || figures.faultsByKind.containsKey("half-open");
        long at = made.get(symbol).madeAt(row.number());
        boolean forgotten = killedAt.stream().anyMatch(killed -> killed >= at && killed < at + 60 * SECOND) && silent;
        return forgotten || (silent && endedSoon);
    }

    private void taken(WrittenEvent written) {
        application.event(written);
    }

    private BookPage book(String ofCategory, String symbol, int levels, long updateId, long changedAt) {
        MarketData data = exchange.binance().known(category, symbol);
        BookPage page = data.pageAt(updateId);
        return page == null
                ? null
                : new BookPage(
                        first(page.bids(), levels),
                        first(page.asks(), levels),
                        page.updateId(),
                        page.sequence(),
                        page.changedAt());
    }

    private static String first(String side, int levels) {
        int end = -1;
        for (int i = 0; i < levels; i++) {
            end = side.indexOf(']', end + 1);
            if (end < 0) {
                return side;
            }
        }
        return side.substring(0, end + 1);
    }

    private void note(String text) {
        if (log.size() == MAX_LOG_LINES) {
            log.removeFirst();
        }
        log.add(String.format("%9.3f s  %s", time.nanos() / 1e9, text));
    }
}
