package dev.livefeed.soak;

import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.status.Status;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A sequence of a market of Binance. */
final class BinanceSequence extends FaultSequence {

    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT");
    private static final int KINDS = Disturbances.KINDS + 3;

    private final ProductCategory category;
    private final boolean single;
    private final boolean recycles;

    /** Whether nothing changes any more after the faults, so that no later frame shows what was lost. */
    private final boolean endsQuietly;

    private final Map<String, BinanceTrades> made = new LinkedHashMap<>();
    private final Set<String> halted = new HashSet<>();
    private boolean quiet;

    BinanceSequence(long seed) {
        super(seed, "binance", random -> ExchangeConfig.builder()
                .venues(Set.of(Venue.BINANCE))
                .seed(seed)
                .speed(0.1 + 0.4 * random.nextDouble())
                .levels(120)
                .tradesKept(20_000)
                .truth(true)
                .build());
        category = seed % 2 == 0 ? ProductCategory.SPOT : ProductCategory.LINEAR;
        single = seed % 7 < 2;
        recycles = seed % 5 == 0;
        endsQuietly = seed / 2 % 4 == 0;
        begin(randomStreams());
        for (StreamRequest stream : streams()) {
            made.computeIfAbsent(
                    stream.symbol(),
                    symbol -> new BinanceTrades(exchange.binance().known(category, symbol), single));
            application().listed(category.id(), stream.symbol());
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

    @Override
    NetworkFeed core(Outbox to, SplittableRandom ofConnector) {
        return BinanceCore.create(
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
                to,
                time,
                ofConnector);
    }

    @Override
    public SoakFigures run() {
        advance();
        long faultNanos = (15 + random.nextInt(30)) * SECOND;
        start();
        plan(faultNanos);
        time.runUntil(time.nanos() + faultNanos);
        endFaults();
        settle();
        if (endsQuietly) {
            figures.quietMarkets++;
        } else {
            changeEveryBook();
        }
        time.runUntil(time.nanos() + 3 * SECOND);
        if (!endsQuietly) {
            stopTrading();
        }
        verifyAll(endsQuietly ? RECOVERY_TIMEOUT : DRAIN_TIMEOUT);
        return figures;
    }

    @Override
    void followTrades() {
        made.values().forEach(trades -> trades.follow(time.nanos()));
    }

    @Override
    Supplier<String> randomFaults(SplittableRandom ofFaults) {
        return new BinanceFaults(ofFaults, streams())::fault;
    }

    @Override
    String disturb(long until) {
        int kind = random.nextInt(KINDS);
        return switch (kind) {
            case 7 -> disturbances().endOne();
            case 8 -> {
                halt(streams().get(random.nextInt(streams().size())).symbol(), until);
                yield "market-halted";
            }
            case 9 -> blockOutput(until);
            default -> disturbances().begin(kind, until);
        };
    }

    private void halt(String symbol, long until) {
        state(symbol, MarketState.HALTED);
        time.at(until, () -> {
            if (!quiet) {
                state(symbol, MarketState.TRADING);
            }
        });
    }

    private void state(String symbol, MarketState state) {
        if (state == MarketState.HALTED ? halted.add(symbol) : halted.remove(symbol)) {
            exchange.markets().state(new MarketKey(category, symbol), state, 0);
        }
    }

    @Override
    void endInterruptions() {
        quiet = endsQuietly;
        note(quiet ? "ALL MARKETS HALTED" : "ALL MARKETS TRADE");
        made.keySet().forEach(symbol -> state(symbol, quiet ? MarketState.HALTED : MarketState.TRADING));
    }

    @Override
    String recovering() {
        return application().problem(intended, stream -> false, state -> {
            BinanceTrades all = made.get(state.stream.symbol());
            long due = trading() ? all.madeBefore(time.nanos() - 3 * SECOND) : all.made();
            return state.trades.of(state.stream.symbol()).missing(all.rows(), due);
        });
    }

    @Override
    String finallyWrong() {
        for (Application.StreamState state : application().states()) {
            if (state.wanted && state.book != null && !state.book.current()) {
                return state.stream + " is not at the newest update";
            }
        }
        Set<String> subscribed = new TreeSet<>();
        for (SimulatedLink link : network.links()) {
            for (String stream : link.open() ? link.session().topics() : Set.<String>of()) {
                if (!subscribed.add(stream)) {
                    return stream + " is subscribed on two connections";
                }
            }
        }
        Set<String> wanted = new TreeSet<>();
        intended.forEach(stream -> wanted.add(stream.topic()));
        return subscribed.equals(wanted) ? null : "subscribed: " + subscribed + ", wanted: " + wanted;
    }

    @Override
    void verify() {
        for (Application.StreamState state : application().states()) {
            if (state.trades != null) {
                String symbol = state.stream.symbol();
                state.trades.of(symbol).verify(made.get(symbol).rows());
            }
        }
    }

    @Override
    Map<String, Long> made(Status status) {
        BinanceTrades trades = made.get(status.symbol());
        return trades == null ? null : Map.of(status.symbol(), trades.made());
    }

    @Override
    boolean lostForGood(Status gap) {
        return false;
    }

    /** Nothing followed the trade that would show that it is missing. */
    @Override
    boolean unknowable(String ofCategory, String symbol, MadeTrade row, boolean endedSoon) {
        boolean silent = figures.faultsByKind.containsKey("stall") || figures.faultsByKind.containsKey("half-open");
        return silent && (endedSoon || killedAfter(made.get(symbol).madeAt(row.number())));
    }

    @Override
    BookPage book(String ofCategory, String symbol, int levels, long updateId, long changedAt) {
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
}
