package dev.livefeed.exchange.venue;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One instrument being traded: its book, its tape, its candles, and the flow of orders that moves them. Not
 * thread-safe.
 */
public final class SimulatedMarket {

    private static final int MAX_LIQUIDATIONS = 200;

    private final Instrument instrument;
    private final Book book = new Book();
    private final TradeHistory<MatchedTrade> tape;
    private final TradeHistory<ForcedClose> liquidations = new TradeHistory<>(MAX_LIQUIDATIONS);
    private final CandleHistory candles;
    private final Sequence sequence;
    private final TradeIds ids;
    private final OrderFlow flow;
    private final ActivitySchedule schedule;
    private final long key;
    private MatchedTrade.Direction direction = MatchedTrade.Direction.PLUS;
    private long lastTicks;

    SimulatedMarket(Instrument instrument, MarketSettings settings, Sequence sequence, long startedAt) {
        this.instrument = instrument;
        this.sequence = sequence;
        this.key = SeededRandom.mix(settings.seed(), instrument.category() + instrument.symbol());
        this.tape = new TradeHistory<>(settings.tapeLength());
        PriceProcess wander = new PriceProcess(settings.seed(), instrument.wandersWith(), startedAt);
        this.candles = new CandleHistory(instrument, key, wander, startedAt);
        this.ids = new TradeIds(instrument, settings.seed(), startedAt);
        this.lastTicks = instrument.tick().count(instrument.price());
        SplittableRandom random = new SplittableRandom(key);
        this.schedule = new ActivitySchedule(instrument, settings.speed(), random, startedAt);
        this.flow = new OrderFlow(this, settings.levels(), wander, random);
        flow.open();
        book.changed(sequence.next(0), startedAt);
    }

    /** Lets the market live up to a time, in milliseconds since 1970. */
    void advance(long to) {
        while (schedule.due(to)) {
            long at = schedule.at();
            for (int i = schedule.actions(); i > 0; i--) {
                flow.act(at, schedule.elapsedMillis());
            }
            schedule.next();
        }
    }

    /**
     * A taker order from outside the flow.
     *
     * @return its trades, in match order; fewer than asked for if the book is too thin
     */
    public List<MatchedTrade> take(boolean buy, long lots, long at) {
        long first = tape.written();
        flow.takeExactly(buy, lots, at);
        return tape.last((int) (tape.written() - first));
    }

    /** Changes the book near the touch, out of turn. */
    public void stir(long at) {
        flow.quote(at);
    }

    /** Moves the market's clock without living through the time between. */
    void jump(long millis) {
        schedule.jump(millis);
    }

    /** A taker order meets one level. The caller ends the order with {@link #changed}. */
    void fill(boolean buy, long price, long lots, long at, long orderSequence) {
        Ladder side = book.side(!buy);
        side.set(price, side.sizeAt(price) - lots);
        direction = direction.next(lastTicks, price);
        lastTicks = price;
        tape.add(new MatchedTrade(tape.written(), ids.next(), at, price, lots, buy, direction, orderSequence));
        candles.trade(at, price, lots);
    }

    long nextSequence(long hole) {
        return sequence.next(hole);
    }

    void changed(long orderSequence, long at) {
        book.changed(orderSequence, at);
    }

    void liquidated(ForcedClose liquidation) {
        liquidations.add(liquidation);
    }

    public Instrument instrument() {
        return instrument;
    }

    public Book book() {
        return book;
    }

    public TradeHistory<MatchedTrade> tape() {
        return tape;
    }

    public TradeHistory<ForcedClose> liquidations() {
        return liquidations;
    }

    public CandleHistory candles() {
        return candles;
    }

    /** The last traded price, or where the market started, in ticks. */
    public long lastTicks() {
        return lastTicks;
    }

    /** How the last traded price was reached. */
    public MatchedTrade.Direction direction() {
        return direction;
    }

    /** What the flow holds to be the fair price, in ticks. */
    public double fairTicks() {
        return flow.fairTicks();
    }

    /** A number that is this market's own under this seed, for values that stand still. */
    public long key() {
        return key;
    }
}
