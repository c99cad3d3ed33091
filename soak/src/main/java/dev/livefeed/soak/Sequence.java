package dev.livefeed.soak;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One seeded sequence: some streams, a period with random faults, and a recovery period in which everything must become
 * correct again.
 */
final class Sequence implements SeededSequence {

    private static final long SECOND = SimulatedTime.SECOND;
    private static final long MILLI = SimulatedTime.MILLI;
    private static final long RECOVERY_TIMEOUT = 200 * SECOND;
    /** Longer than a repair of trades may take while REST is not available. */
    private static final long DRAIN_TIMEOUT = 60 * SECOND;

    private static final int FULL_BYTES = 30_000;
    private static final int TRADE_BYTES = 120_000;
    private static final int MAX_LOG_LINES = 400;

    private final SplittableRandom random;
    private final SoakFigures figures = new SoakFigures();
    private final SimulatedTime time = new SimulatedTime();
    private final NetworkConditions conditions;
    private final Exchange exchange;
    private final SimulatedNetwork network;
    private final OutputPipe output;
    private Outbox outbox;
    private NetworkFeed feed;
    private final Application application;
    private final List<StreamRequest> streams;
    private final VenueTrades made;
    private final NewMarkets newMarkets;
    private final Set<StreamRequest> intended = new HashSet<>();
    /** Streams that were unsubscribed at some time. */
    private final Set<StreamRequest> withdrawn = new HashSet<>();

    private final Deque<String> log = new ArrayDeque<>();
    private final int topicsPerConnection;
    private final boolean recycles;
    private final boolean quiet;
    private final boolean listsOften;
    private final MarketPhases phases;
    private final List<Long> killedAt = new ArrayList<>();
    private final Set<MarketKey> unlisted = new LinkedHashSet<>();
    private boolean trading = true;
    /** While REST is banned for ten minutes, neither a delivery nor the contracts of a base coin can be known. */
    private boolean bans = true;

    private long outputExcusedUntil;

    Sequence(long seed) {
        random = new SplittableRandom(seed);
        conditions = new NetworkConditions(random.split());
        exchange = new Exchange(
                ExchangeConfig.builder()
                        .seed(seed)
                        .speed(0.05 + 0.4 * random.nextDouble())
                        .levels(260)
                        .tradesKept(20_000)
                        .truth(true)
                        .build(),
                time.millis());
        // In a third of the sequences a connection carries at most two topics.
        topicsPerConnection = seed % 3 == 0 ? 2 : 2_000;
        recycles = seed % 5 == 0;
        quiet = seed % 11 == 0 && !recycles;
        listsOften = seed % 2 == 0;
        streams = new RandomStreams(random, exchange.markets()).streams(quiet || random.nextInt(3) == 0, listsOften);
        made = new VenueTrades(exchange.markets());
        newMarkets = new NewMarkets(exchange, time, random.split(), this::listed);
        phases = new MarketPhases(exchange, time, random.split());
        network = new SimulatedNetwork(time, exchange, conditions);
        output = new OutputPipe(FULL_BYTES, time, this::stamp, this::taken);
        startConnector();
        application = new Application(streams, this::book, this::unknowable, this::command, figures);
        for (ProductCategory category : ProductCategory.values()) {
            for (SimulatedMarket market : exchange.markets().of(category)) {
                String symbol = market.instrument().symbol();
                if (streams.stream().anyMatch(stream -> stream.covers(category.id(), symbol))) {
                    listed(new MarketKey(category, symbol));
                }
            }
        }
    }

    private void listed(MarketKey market) {
        made.add(market);
        application.listed(market.category().id(), market.symbol());
    }

    private void startConnector() {
        outbox = new Outbox(output, "bybit", new Outbox.Limits(FULL_BYTES, TRADE_BYTES));
        output.outbox(outbox);
        feed = BybitCore.create(
                Map.of(
                        "BYBIT_CATEGORY",
                        streams.get(0).category(),
                        "BYBIT_WS_BASE_URL",
                        "ws://exchange",
                        "BYBIT_REST_BASE_URL",
                        "http://exchange",
                        "BYBIT_CONNECTOR_CONFIG_FILE",
                        SettingsFiles.of("\"topics_per_connection\": " + topicsPerConnection
                                + ", \"recycle_after_ms\": " + (recycles ? 9_000 : 0)
                                + (listsOften ? ", \"instruments_interval_ms\": 10000" : ""))),
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
        time.in(down, this::restart);
    }

    private void restart() {
        note("CONNECTOR STARTED");
        startConnector();
        network.deliver(feed::start);
        List.copyOf(intended).forEach(this::subscribe);
        network.deliver(feed::commandsDone);
    }

    @Override
    public SoakFigures run() {
        time.every(10 * MILLI, this::step);
        time.every(50 * MILLI, () -> network.deliver(() -> feed.tick()));
        long faultNanos = (15 + random.nextInt(30)) * SECOND;
        if (!quiet && random.nextInt(6) == 0) {
            streams.stream()
                    .filter(stream -> !stream.category().equals("spot"))
                    .map(stream -> phases.deliver(stream, faultNanos))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(symbol -> {
                        figures.fault("delivery");
                        bans = false;
                        note("DELIVERY of " + symbol);
                    });
        }
        unlisted.addAll(unlistedMarkets());
        unlisted.forEach(market -> {
            if (quiet) {
                newMarkets.announce(market);
            } else {
                figures.fault("market-new");
                note("NEW MARKET " + market + " " + newMarkets.plan(market, faultNanos));
            }
        });
        network.deliver(feed::start);
        streams.forEach(this::subscribe);
        feed.commandsDone();
        if (quiet) {
            quietMarkets();
        } else {
            bans &= streams.stream().noneMatch(stream -> stream.isBook() && stream.isBaseCoin());
            plan(faultNanos);
            time.runUntil(time.nanos() + faultNanos);
        }
        endFaults();
        settle();
        changeEveryBook();
        time.runUntil(time.nanos() + 3 * SECOND);
        stopAndVerify();
        return figures;
    }

    private Set<MarketKey> unlistedMarkets() {
        Set<MarketKey> unlisted = new LinkedHashSet<>();
        for (StreamRequest stream : streams) {
            ProductCategory category = ProductCategory.of(stream.category()).orElseThrow();
            if (!stream.isBaseCoin() && exchange.markets().market(category, stream.symbol()) == null) {
                unlisted.add(new MarketKey(category, stream.symbol()));
            }
        }
        return unlisted;
    }

    /** All markets, or only one before its launch, stand still, which is no reason to replace a connection. */
    private void quietMarkets() {
        settle();
        time.runUntil(time.nanos() + 5 * SECOND);
        if (random.nextInt(3) > 0) {
            streams.forEach(phases::halt);
            note("ALL MARKETS HALTED");
        }
        long opens = network.opens;
        time.runUntil(time.nanos() + (30 + random.nextInt(270)) * SECOND);
        if (network.opens != opens) {
            throw new Violation("a connection of a quiet market was replaced");
        }
        figures.quietMarkets++;
        newMarkets.launchAll();
    }

    @Override
    public String log() {
        return String.join("\n", log);
    }

    private void step() {
        if (trading) {
            exchange.advance(time.millis());
            made.follow(time.nanos());
        }
        if (!network.problems().isEmpty()) {
            throw new Violation(network.problems().get(0));
        }
    }

    private void plan(long faultNanos) {
        RandomFaults randomFaults = new RandomFaults(random.split(), streams, bans);
        int faults = 1 + random.nextInt(10);
        for (int i = 0; i < faults; i++) {
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
        int commands = random.nextInt(8);
        for (int i = 0; i < commands; i++) {
            time.at(time.nanos() + random.nextLong(faultNanos), this::randomCommand);
        }
    }

    /** Injects a fault of the network or of the reader of the events. */
    private void disturb() {
        long now = time.nanos();
        long until = now + (100 + random.nextInt(9_000)) * MILLI;
        Optional<StreamRequest> baseCoin =
                streams.stream().filter(StreamRequest::isBaseCoin).findFirst();
        String kind =
                switch (random.nextInt(baseCoin.isPresent() ? 14 : 12)) {
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
                    case 7, 8 -> {
                        // One of several connections; the others continue.
                        network.links().stream()
                                .skip(random.nextInt(Math.max(1, network.links().size())))
                                .findFirst()
                                .ifPresent(random.nextBoolean() ? SimulatedLink::cut : SimulatedLink::sever);
                        yield "net-one";
                    }
                    case 9, 10 -> {
                        StreamRequest stream = streams.get(random.nextInt(streams.size()));
                        yield "market-" + phases.interrupt(stream, until);
                    }
                    case 12, 13 -> {
                        baseCoin.ifPresent(this::listContract);
                        yield "market-contract";
                    }
                    default -> {
                        output.block();
                        time.at(until, this::unblockOutput);
                        yield "output-full";
                    }
                };
        figures.fault(kind);
        note("DISTURBANCE " + kind + " for " + (until - now) / MILLI + " ms");
    }

    /** Lists a contract that joins the subscription of its base coin. */
    private void listContract(StreamRequest baseCoin) {
        note("NEW CONTRACT " + newMarkets.contract(baseCoin.symbol()).symbol());
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
        if (application.ended(stream)) {
            return;
        }
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
        phases.resumeAll();
        newMarkets.listAll();
        unblockOutput();
    }

    /** Changes every book, because the loss of a last update is only detected with the next one. */
    private void changeEveryBook() {
        exchange.faults().schedule(FaultReader.line("burst,rate=400,for=200ms"));
        time.runUntil(time.nanos() + SECOND);
        exchange.faults().clear();
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

    /**
     * Whether the connector must subscribe the stream by itself, because it was refused for the only reason that its
     * market was not listed yet.
     */
    private boolean joinsByItself(StreamRequest stream) {
        ProductCategory category = ProductCategory.of(stream.category()).orElseThrow();
        return listsOften
                && unlisted.contains(new MarketKey(category, stream.symbol()))
                && Stream.of("refuse", "server-error", "rest", "slow-rest", "rest-refused", "rest-swallowed")
                        .noneMatch(figures.faultsByKind::containsKey);
    }

    /** Subscribes again to streams that were refused during the faults. */
    private void resubscribe() {
        if (feed == null) {
            return;
        }
        application.states().stream()
                .filter(state -> intended.contains(state.stream)
                        && (!state.wanted || state.contractRefused)
                        && !joinsByItself(state.stream))
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
        if (!recycles && !network.links().stream().allMatch(SimulatedLink::open)) {
            return "a connection is dead";
        }
        for (StreamRequest stream : streams) {
            if (phases.delivered(stream.category(), stream.symbol()) && intended.contains(stream)) {
                return stream + " has been delivered, which is not reported";
            }
        }
        return application.problem(intended, phases::silent, state -> {
            MadeTrade missing = null;
            for (Map.Entry<String, MarketTrades> market : made.of(state.stream).entrySet()) {
                MarketTrades all = market.getValue();
                long due = trading ? all.madeBefore(time.nanos() - 3 * SECOND) : all.made();
                MadeTrade row = state.trades.of(market.getKey()).missing(all.rows(), due);
                missing = row == null ? missing : row;
            }
            return missing;
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
                made.of(state.stream)
                        .forEach((symbol, all) -> state.trades.of(symbol).verify(all.rows()));
            }
        }
        verifyConnections();
        figures.sequences = 1;
        figures.simulatedMillis = time.nanos() / MILLI;
        figures.frames = network.frames;
        figures.connector(feed.figures());
        figures.connector(outbox.figures());
    }

    private String finalProblem() {
        String problem = problem();
        for (Application.StreamState state : application.states()) {
            if (problem == null
                    && state.wanted
                    && state.book != null
                    && !state.book.current()
                    && !phases.silent(state.stream)) {
                problem = state.stream + " is not at the newest update";
            }
        }
        if (problem == null && !subscribedAtTheExchange().equals(intendedTopics())) {
            // A connection has just been replaced, or a topic waits after a server error of the venue.
            problem = "subscribed: " + subscribedAtTheExchange() + ", wanted: " + intendedTopics();
        }
        if (problem == null && network.links().stream().anyMatch(link -> carriesTopics(link) && !link.open())) {
            // It has ended silently, and the timeout for detecting that has not passed.
            problem = "a connection with topics is dead";
        }
        return problem;
    }

    private static boolean carriesTopics(SimulatedLink link) {
        return link.session() != null && !link.session().topics().isEmpty();
    }

    private Set<String> subscribedAtTheExchange() {
        Set<String> subscribed = new TreeSet<>();
        for (SimulatedLink link : network.links()) {
            if (link.session() != null) {
                link.session()
                        .topics()
                        .forEach(topic -> subscribed.add(link.category().id() + '/' + topic));
            }
        }
        return subscribed;
    }

    private Set<String> intendedTopics() {
        Set<String> wanted = new TreeSet<>();
        for (Application.StreamState state : application.states()) {
            boolean streams = state.coin == null
                    ? intended.contains(state.stream) && !state.isOfContracts()
                    : intended.contains(state.coin.stream)
                            && !phases.silent(state.stream)
                            && !phases.delivered(state.stream.category(), state.stream.symbol());
            if (streams) {
                wanted.add(state.stream.category() + '/' + state.stream.topic());
            }
        }
        return wanted;
    }

    private void verifyConnections() {
        Set<String> subscribed = new TreeSet<>();
        Map<ProductCategory, Integer> connections = new HashMap<>();
        for (SimulatedLink link : network.links()) {
            if (recycles && !carriesTopics(link)) {
                // It may be about to replace another one.
                continue;
            }
            connections.merge(link.category(), 1, Integer::sum);
            if (!link.open() || link.session().topics().size() > topicsPerConnection) {
                throw new Violation("a connection to " + link.category() + " is dead, or has more than "
                        + topicsPerConnection + " topics: " + link.session().topics());
            }
            for (String topic : link.session().topics()) {
                if (!subscribed.add(link.category().id() + '/' + topic)) {
                    throw new Violation(topic + " is subscribed on two connections");
                }
            }
        }
        if (!subscribed.equals(intendedTopics())) {
            throw new Violation("subscribed: " + subscribed + ", wanted: " + intendedTopics());
        }
        if (topicsPerConnection > streams.size()
                && connections.values().stream().anyMatch(count -> count > 1)) {
            throw new Violation("too many connections: " + connections);
        }
        figures.severalConnections = connections.values().stream().anyMatch(count -> count > 1) ? 1 : 0;
        int waiting = output.waitingBytes();
        Object lost = outbox.figures().get("statuses_lost");
        if (waiting != 0 || !Long.valueOf(0).equals(lost)) {
            throw new Violation("after recovery " + waiting + " bytes are waiting and " + lost + " statuses are lost");
        }
    }

    private WrittenEvent stamp(Event event) {
        if (!(event instanceof Trade) && !(event instanceof Depth) && !(event instanceof Kline)) {
            note(event.toString());
        }
        if (event instanceof Status status
                && "trades".equals(status.channel())
                && status.details().get("category") != null) {
            String category = String.valueOf(status.details().get("category"));
            boolean gap = status.status().equals(Gap.STATUS);
            return new WrittenEvent(
                    event, made.made(category, status.symbol()), gap && excused(status, category), time.micros());
        }
        // While output is blocked, the status of a book that recovers and fails again is never written.
        return new WrittenEvent(event, Map.of(), output.blocked(), time.micros());
    }

    private boolean withdrawn(String category, String symbol) {
        return withdrawn.stream()
                .anyMatch(stream -> stream.category().equals(category)
                        && stream.symbol().equals(symbol)
                        && stream.channel().equals("trades"));
    }

    /** Whether a fault prevented the connector from fetching the trades that it reports as lost. */
    private boolean excused(Status gap, String category) {
        long from = Instant.parse((String) gap.details().get("from")).toEpochMilli();
        boolean damaged = figures.faultsByKind.containsKey("bad-row")
                && String.valueOf(gap.reason()).contains("could not be read");
        // A row that was never a trade is covered by a gap, because REST has no trade for it.
        boolean withdrawn = String.valueOf(gap.reason()).endsWith("unsubscribed before they were fetched")
                && withdrawn(category, gap.symbol());
        return damaged
                || withdrawn
                || phases.lostByDelivery(category, gap.symbol(), from, String.valueOf(gap.reason()))
                || time.nanos() < network.restExcusedUntil
                || output.blocked()
                || time.nanos() < outputExcusedUntil
                || made.beyondRest(category, gap.symbol(), from);
    }

    /**
     * Whether the exchange omitted frames on an open connection and the connector could not compare the stream
     * with REST since: the stream was unsubscribed, or REST fails now, or it failed until the trade was too old for it.
     */
    private boolean unknowable(String category, String symbol, MadeTrade row, boolean endedSoon) {
        boolean silent = figures.faultsByKind.containsKey("stall") || figures.faultsByKind.containsKey("half-open");
        long at = made.of(category, symbol).madeAt(row.number());
        long now = time.nanos();
        // What the killed process still had to fetch is older than what the next one asks for.
        boolean forgotten = killedAt.stream().anyMatch(killed -> killed >= at && killed < at + 60 * SECOND)
                && (silent
                        || List.of("wide", "bad-row", "broken", "reset").stream()
                                .anyMatch(figures.faultsByKind::containsKey));
        return forgotten
                || silent
                        && (endedSoon
                                || network.restFailedBetween(now - 40 * SECOND, now)
                                || (network.restFailedBetween(at - SECOND, at + 20 * SECOND)
                                        && made.beyondRest(category, symbol, row.atMillis())));
    }

    private void taken(WrittenEvent written) {
        application.event(written);
        intended.removeIf(application::ended);
    }

    private BookPage book(String category, String symbol, int levels, long updateId, long changedAt) {
        return exchange.hub()
                .publishedBook(
                        ProductCategory.of(category).orElseThrow(),
                        "orderbook." + levels + '.' + symbol,
                        updateId,
                        changedAt);
    }

    private void note(String text) {
        if (log.size() == MAX_LOG_LINES) {
            log.removeFirst();
        }
        log.add(String.format("%9.3f s  %s", time.nanos() / 1e9, text));
    }
}
