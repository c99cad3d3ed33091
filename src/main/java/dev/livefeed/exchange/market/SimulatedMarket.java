package dev.livefeed.exchange.market;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated market of one instrument: book, trades, candles and the order flow that moves them. Not thread-safe.
 */
public final class SimulatedMarket {

    private static final int MAX_LIQUIDATIONS = 200;

    private final Instrument instrument;
    private final Book book = new Book();
    private final BoundedHistory<MatchedTrade> trades;
    private final BoundedHistory<MarketLiquidation> liquidations = new BoundedHistory<>(MAX_LIQUIDATIONS);
    private final CandleHistory candles;
    private final CrossSequence sequence;
    private final TradeIds ids;
    private final OrderFlow flow;
    private final ActivitySchedule schedule;
    private final long key;
    private MatchedTrade.Direction direction = MatchedTrade.Direction.PLUS;
    private long lastTicks;
    private MarketState state = MarketState.TRADING;
    private long launchTime;
    private long deliveryTime;
    private long settlementTicks;

    SimulatedMarket(Instrument instrument, MarketSettings settings, CrossSequence sequence, long startedAt) {
        this.instrument = instrument;
        this.sequence = sequence;
        this.key = SeededRandom.mix(settings.seed(), instrument.category() + instrument.symbol());
        this.trades = new BoundedHistory<>(settings.tradesKept());
        PriceProcess priceProcess = new PriceProcess(settings.seed(), instrument.priceDriver(), startedAt);
        this.candles = new CandleHistory(instrument, key, priceProcess, startedAt);
        this.ids = new TradeIds(instrument, settings.seed(), startedAt);
        this.lastTicks = instrument.tick().count(instrument.profile().startPrice());
        SplittableRandom random = new SplittableRandom(key);
        this.schedule = new ActivitySchedule(instrument, settings.speed(), random, startedAt);
        this.flow = new OrderFlow(this, settings.levels(), priceProcess, random);
        flow.open();
        this.deliveryTime = OptionSeries.terms(instrument.symbol())
                .map(OptionSeries.Terms::deliveryTime)
                .orElse(0L);
        book.changed(sequence.next(0), startedAt);
    }

    /** Advances the market to a time, in milliseconds since 1970. */
    void advance(long to) {
        while (schedule.due(to)) {
            long at = schedule.at();
            for (int i = state == MarketState.TRADING ? schedule.actions() : 0; i > 0; i--) {
                flow.act(at, schedule.elapsedMillis());
            }
            schedule.next();
        }
    }

    /**
     * Executes a taker order from outside the order flow.
     *
     * @return its trades in match order; less than {@code lots} in total if the book is too thin, none if it is not
     *     trading
     */
    public List<MatchedTrade> take(boolean buy, long lots, long at) {
        if (state != MarketState.TRADING) {
            return List.of();
        }
        long first = trades.written();
        flow.take(buy, lots, at);
        return trades.last((int) (trades.written() - first));
    }

    /** Changes the book near the touch, outside the schedule. */
    public void requote(long at) {
        flow.quote(at);
    }

    /** Called by {@link SimulatedMarkets}. The settlement price is the last price before the delivery. */
    void state(MarketState next, long at) {
        boolean ends = next == MarketState.DELIVERING || next == MarketState.CLOSED;
        if (ends && (settlementTicks == 0 || state.streams())) {
            settlementTicks = lastTicks;
            deliveryTime = at;
        } else if (!ends) {
            settlementTicks = 0;
            deliveryTime = Math.max(
                    0,
                    OptionSeries.terms(instrument.symbol())
                            .map(OptionSeries.Terms::deliveryTime)
                            .orElse(0L));
        }
        state = next;
    }

    void launchTime(long at) {
        launchTime = at;
    }

    void deliveryTime(long at) {
        deliveryTime = at;
    }

    public MarketState state() {
        return state;
    }

    /** Announced or past start of trading, milliseconds since 1970; 0 if it is that of the exchange. */
    public long launchTime() {
        return launchTime;
    }

    /** Announced or past delivery, milliseconds since 1970; 0 if there is none. */
    public long deliveryTime() {
        return deliveryTime;
    }

    /** Price at which contracts were settled, in ticks; 0 before. */
    public long settlementTicks() {
        return settlementTicks;
    }

    /** Moves the market's clock without simulating the time between. */
    void jump(long millis) {
        schedule.jump(millis);
    }

    /** Executes part of a taker order at one level. The caller ends the order with {@link #changed}. */
    void fill(boolean buy, long price, long lots, long at, long orderSequence) {
        Ladder side = book.side(!buy);
        side.set(price, side.sizeAt(price) - lots);
        direction = direction.next(lastTicks, price);
        lastTicks = price;
        trades.add(new MatchedTrade(trades.written(), ids.next(), at, price, lots, buy, direction, orderSequence));
        candles.trade(at, price, lots);
    }

    long nextSequence(long gap) {
        return sequence.next(gap);
    }

    void changed(long orderSequence, long at) {
        book.changed(orderSequence, at);
    }

    void addLiquidation(MarketLiquidation liquidation) {
        liquidations.add(liquidation);
    }

    public Instrument instrument() {
        return instrument;
    }

    public Book book() {
        return book;
    }

    public BoundedHistory<MatchedTrade> trades() {
        return trades;
    }

    public BoundedHistory<MarketLiquidation> liquidations() {
        return liquidations;
    }

    public CandleHistory candles() {
        return candles;
    }

    /** The last traded price, in ticks; the start price before the first trade. */
    public long lastTicks() {
        return lastTicks;
    }

    /** Tick direction of the last trade. */
    public MatchedTrade.Direction direction() {
        return direction;
    }

    /** The fair price of the order flow, in ticks. */
    public double fairTicks() {
        return flow.fairTicks();
    }

    /** A constant hash of seed and instrument, for derived values. */
    public long key() {
        return key;
    }
}
