package dev.livefeed.soak;

import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A sequence of some categories of Bybit. */
final class Sequence extends FaultSequence {

    /** Longest time until a stream is compared with REST: the interval, and the waiting time of a request. */
    private static final long COMPARED_WITHIN = 20 * SECOND;

    private final VenueTrades made;
    private final NewMarkets newMarkets;
    private final int topicsPerConnection;
    private final boolean recycles;
    private final boolean quiet;
    private final boolean listsOften;
    private final String firstCategory;
    private final MarketPhases phases;
    private final Set<MarketKey> unlisted = new LinkedHashSet<>();
    /** While REST is banned for ten minutes, neither a delivery nor the contracts of a base coin can be known. */
    private boolean bans = true;

    Sequence(long seed) {
        super(seed, "bybit", random -> ExchangeConfig.builder()
                .seed(seed)
                .speed(0.05 + 0.4 * random.nextDouble())
                .levels(260)
                .tradesKept(20_000)
                .truth(true)
                .build());
        // In a third of the sequences a connection carries at most two topics.
        topicsPerConnection = seed % 3 == 0 ? 2 : 2_000;
        recycles = seed % 5 == 0;
        quiet = seed % 11 == 0 && !recycles;
        listsOften = seed % 2 == 0;
        List<StreamRequest> streams =
                new RandomStreams(random, exchange.markets()).streams(quiet || random.nextInt(3) == 0, listsOften);
        firstCategory = streams.get(0).category();
        made = new VenueTrades(exchange.markets());
        newMarkets = new NewMarkets(exchange, time, random.split(), this::listed);
        phases = new MarketPhases(exchange, time, random.split());
        begin(streams);
        for (ProductCategory category : ProductCategory.values()) {
            for (SimulatedMarket market : exchange.markets().of(category)) {
                String symbol = market.instrument().symbol();
                if (streams().stream().anyMatch(stream -> stream.covers(category.id(), symbol))) {
                    listed(new MarketKey(category, symbol));
                }
            }
        }
    }

    private void listed(MarketKey market) {
        made.add(market);
        application().listed(market.category().id(), market.symbol());
    }

    @Override
    NetworkFeed core(Outbox to, SplittableRandom ofConnector) {
        return BybitCore.create(
                Map.of(
                        "BYBIT_CATEGORY",
                        firstCategory,
                        "BYBIT_WS_BASE_URL",
                        "ws://exchange",
                        "BYBIT_REST_BASE_URL",
                        "http://exchange",
                        "BYBIT_CONNECTOR_CONFIG_FILE",
                        SettingsFiles.of("\"topics_per_connection\": " + topicsPerConnection
                                + ", \"recycle_after_ms\": " + (recycles ? 9_000 : 0)
                                + (listsOften ? ", \"instruments_interval_ms\": 10000" : ""))),
                network,
                to,
                time,
                ofConnector);
    }

    @Override
    public SoakFigures run() {
        advance();
        long faultNanos = (15 + random.nextInt(30)) * SECOND;
        if (!quiet && random.nextInt(6) == 0) {
            streams().stream()
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
        start();
        if (quiet) {
            quietMarkets();
        } else {
            bans &= streams().stream().noneMatch(stream -> stream.isBook() && stream.isBaseCoin());
            plan(faultNanos);
            time.runUntil(time.nanos() + faultNanos);
        }
        endFaults();
        settle();
        changeEveryBook();
        time.runUntil(time.nanos() + 3 * SECOND);
        stopTrading();
        verifyAll(DRAIN_TIMEOUT);
        return figures;
    }

    private Set<MarketKey> unlistedMarkets() {
        Set<MarketKey> unlisted = new LinkedHashSet<>();
        for (StreamRequest stream : streams()) {
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
            streams().forEach(phases::halt);
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
    void followTrades() {
        made.follow(time.nanos());
    }

    @Override
    Supplier<String> randomFaults(SplittableRandom ofFaults) {
        return new RandomFaults(ofFaults, streams(), bans)::fault;
    }

    @Override
    String disturb(long until) {
        Optional<StreamRequest> baseCoin =
                streams().stream().filter(StreamRequest::isBaseCoin).findFirst();
        int kind = random.nextInt(baseCoin.isPresent() ? 14 : 12);
        return switch (kind) {
            case 7, 8 -> disturbances().endOne();
            case 9, 10 -> {
                StreamRequest stream = streams().get(random.nextInt(streams().size()));
                yield "market-" + phases.interrupt(stream, until);
            }
            case 11 -> blockOutput(until);
            case 12, 13 -> {
                baseCoin.ifPresent(this::listContract);
                yield "market-contract";
            }
            default -> disturbances().begin(kind, until);
        };
    }

    /** Lists a contract that joins the subscription of its base coin. */
    private void listContract(StreamRequest baseCoin) {
        note("NEW CONTRACT " + newMarkets.contract(baseCoin.symbol()).symbol());
    }

    @Override
    void endInterruptions() {
        phases.resumeAll();
        newMarkets.listAll();
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

    @Override
    boolean subscribedAgain(Application.StreamState state) {
        return (!state.wanted || state.contractRefused) && !joinsByItself(state.stream);
    }

    @Override
    String recovering() {
        if (!recycles && !network.links().stream().allMatch(SimulatedLink::open)) {
            return "a connection is dead";
        }
        for (StreamRequest stream : streams()) {
            if (phases.delivered(stream.category(), stream.symbol()) && intended.contains(stream)) {
                return stream + " has been delivered, which is not reported";
            }
        }
        return application().problem(intended, phases::silent, state -> {
            MadeTrade missing = null;
            for (Map.Entry<String, MarketTrades> market : made.of(state.stream).entrySet()) {
                MarketTrades all = market.getValue();
                long due = trading() ? all.madeBefore(time.nanos() - 3 * SECOND) : all.made();
                MadeTrade row = state.trades.of(market.getKey()).missing(all.rows(), due);
                missing = row == null ? missing : row;
            }
            return missing;
        });
    }

    @Override
    void verify() {
        for (Application.StreamState state : application().states()) {
            if (state.trades != null) {
                made.of(state.stream)
                        .forEach((symbol, all) -> state.trades.of(symbol).verify(all.rows()));
            }
        }
        verifyConnections();
    }

    @Override
    String finallyWrong() {
        String problem = null;
        for (Application.StreamState state : application().states()) {
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
        for (Application.StreamState state : application().states()) {
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
        if (topicsPerConnection > streams().size()
                && connections.values().stream().anyMatch(count -> count > 1)) {
            throw new Violation("too many connections: " + connections);
        }
        figures.severalConnections = connections.values().stream().anyMatch(count -> count > 1) ? 1 : 0;
    }

    @Override
    Map<String, Long> made(Status status) {
        Object category = status.details().get("category");
        return category == null ? null : made.made(String.valueOf(category), status.symbol());
    }

    @Override
    boolean lostForGood(Status gap) {
        String category = String.valueOf(gap.details().get("category"));
        long from = Instant.parse((String) gap.details().get("from")).toEpochMilli();
        String reason = String.valueOf(gap.reason());
        // A row that was never a trade is covered by a gap, because REST has no trade for it.
        boolean damaged = figures.faultsByKind.containsKey("bad-row") && reason.contains("could not be read");
        return damaged
                || phases.lostByDelivery(category, gap.symbol(), from, reason)
                || made.beyondRest(category, gap.symbol(), from, time.nanos());
    }

    /**
     * Whether the exchange omitted frames on an open connection and the connector could not compare the stream
     * with REST since: the stream was unsubscribed, or REST fails now, or it failed until the trade was too old for it,
     * or more trades followed than the next list has, which is requested every 15 s.
     */
    @Override
    boolean unknowable(String category, String symbol, MadeTrade row, boolean endedSoon) {
        boolean silent = figures.faultsByKind.containsKey("stall") || figures.faultsByKind.containsKey("half-open");
        long at = made.of(category, symbol).madeAt(row.number());
        long now = time.nanos();
        // What the killed process still had to fetch is older than what the next one asks for.
        boolean forgotten = killedAfter(at)
                && (silent
                        || List.of("wide", "bad-row", "broken", "reset").stream()
                                .anyMatch(figures.faultsByKind::containsKey));
        return forgotten
                || silent
                        && (endedSoon
                                || network.restFailedBetween(now - 40 * SECOND, now)
                                || (network.restFailedBetween(at - SECOND, at + 20 * SECOND)
                                        && made.beyondRest(category, symbol, row.atMillis(), now))
                                || comparedTooLate(category, symbol, row, at));
    }

    /** Whether the first list that the connector asked for in time no longer had the trade. */
    private boolean comparedTooLate(String category, String symbol, MadeTrade row, long at) {
        OptionalLong listed = network.tradeLists().firstAfter(category, VenueTrades.listedAs(category, symbol), at);
        return listed.isPresent()
                && listed.getAsLong() - at < COMPARED_WITHIN
                && made.beyondRest(category, symbol, row.atMillis(), listed.getAsLong());
    }

    @Override
    BookPage book(String category, String symbol, int levels, long updateId, long changedAt) {
        return exchange.hub()
                .publishedBook(
                        ProductCategory.of(category).orElseThrow(),
                        "orderbook." + levels + '.' + symbol,
                        updateId,
                        changedAt);
    }
}
