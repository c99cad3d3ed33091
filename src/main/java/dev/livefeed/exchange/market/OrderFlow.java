package dev.livefeed.exchange.market;

import java.util.SplittableRandom;

/**
 * The orders that move a market: a fair price that follows a random process, takers that trade against the book, and
 * makers that quote around the fair price, less densely with distance. The book is reduced by exactly the size of each
 * trade.
 */
final class OrderFlow {

    private static final double BASIS_PER_ROOT_SECOND = 1.5e-5;
    private static final double BASIS_RETURN_PER_SECOND = 1 / 30.0;
    private static final int MAX_LEVELS_TAKEN = 12;
    private static final int MAX_GAP_TRIES = 30;
    private static final int MAX_QUOTED_TICKS = 60;
    private static final int MIN_REACH_TICKS = 10;
    private static final double MAX_REACH = 0.002;
    private static final double LIQUIDATION_SHARE = 0.012;
    private static final double CROWDED_RANKS = 12;

    private final SimulatedMarket market;
    private final PriceProcess priceProcess;
    private final Book book;
    private final Instrument instrument;
    private final SplittableRandom random;
    private final int levels;
    private final double takerShare;
    private final double startTicks;
    private double basis;
    private double fairTicks;

    OrderFlow(SimulatedMarket market, int levels, PriceProcess priceProcess, SplittableRandom random) {
        this.priceProcess = priceProcess;
        this.market = market;
        this.book = market.book();
        this.instrument = market.instrument();
        this.levels = levels;
        this.random = random;
        this.takerShare = instrument.profile().takersPerSecond()
                / (instrument.profile().takersPerSecond() + instrument.profile().quotesPerSecond());
        this.startTicks = instrument.tick().count(instrument.profile().startPrice());
        this.fairTicks = Math.max(1.5 + instrument.profile().spreadTicks(), startTicks);
    }

    /** Fills the book before the first order. */
    void open() {
        quoteToTouch(true, touchBid());
        quoteToTouch(false, touchBid() + instrument.profile().spreadTicks());
        restoreDepth(true, touchBid());
        restoreDepth(false, touchBid() + instrument.profile().spreadTicks());
    }

    double fairTicks() {
        return fairTicks;
    }

    /** One taker order or one round of quotes. */
    void act(long at, double elapsedMillis) {
        // Each market deviates a little from the common path of its coin and reverts to it.
        double seconds = Math.min(elapsedMillis / 1000, 20);
        basis += -BASIS_RETURN_PER_SECOND * seconds * basis
                + BASIS_PER_ROOT_SECOND * Math.sqrt(seconds) * random.nextGaussian();
        double path = instrument.elasticity() * priceProcess.at(at) + basis;
        fairTicks = Math.max(1.5 + instrument.profile().spreadTicks(), startTicks * Math.exp(path));
        if (random.nextDouble() < takerShare) {
            take(at);
        } else {
            quote(at);
        }
    }

    private void take(long at) {
        double lead = (fairTicks() - book.mid()) / Math.max(1, startTicks * 5e-5);
        boolean buy = random.nextDouble() < 0.5 + 0.42 * Math.tanh(lead);
        double size = instrument.profile().touchSize() * 0.12 * Math.exp(1.3 * random.nextGaussian());
        boolean forced = instrument.category().futures() && random.nextDouble() < LIQUIDATION_SHARE;
        long lots = instrument.lot().count(forced ? size * 6 : size);
        long firstTrade = market.trades().written();
        take(buy, lots, at);
        if (forced && market.trades().written() > firstTrade) {
            MatchedTrade last = market.trades().get(market.trades().written() - 1);
            long taken = market.trades().last((int) (market.trades().written() - firstTrade)).stream()
                    .mapToLong(MatchedTrade::lots)
                    .sum();
            long bankruptcyTicks = Math.max(1, last.ticks() + (buy ? 1 : -1) * Math.round(startTicks * 5e-4));
            market.addLiquidation(new MarketLiquidation(at, !buy, taken, bankruptcyTicks));
        }
    }

    /** Executes a taker order against the book, best price first. */
    void take(boolean buy, long lots, long at) {
        Ladder side = book.side(!buy);
        long remaining = lots;
        long sequence = market.nextSequence(random.nextInt(3));
        double reach = Math.max(MIN_REACH_TICKS, fairTicks * MAX_REACH);
        for (int level = 0; level < MAX_LEVELS_TAKEN && remaining > 0 && side.count() > 1; level++) {
            if (level > 0 && Math.abs(side.price(0) - fairTicks) > reach) {
                break;
            }
            long filled = Math.min(remaining, side.size(0));
            fillInParts(buy, side.price(0), filled, at, sequence);
            remaining -= filled;
        }
        addOuterLevels(!buy, side.price(0));
        market.changed(sequence, at);
    }

    /** Several makers may rest at one price: each gets its own trade. */
    private void fillInParts(boolean buy, long price, long lots, long at, long sequence) {
        long remaining = lots;
        for (int parts = 1 + random.nextInt(3); parts > 1 && remaining > 1; parts--) {
            long part = 1 + random.nextLong(remaining - 1);
            market.fill(buy, price, part, at, sequence);
            remaining -= part;
        }
        market.fill(buy, price, remaining, at, sequence);
    }

    /** A round of quotes: the touch moves to the fair price, and a few levels near it change. */
    void quote(long at) {
        long bid = touchBid();
        long ask = bid + instrument.profile().spreadTicks();
        removeCrossed(true, bid);
        removeCrossed(false, ask);
        quoteToTouch(true, bid);
        quoteToTouch(false, ask);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            changeNearTouch(random.nextBoolean());
        }
        restoreDepth(true, bid);
        restoreDepth(false, ask);
        market.changed(market.nextSequence(random.nextInt(3)), at);
    }

    private long touchBid() {
        return Math.max(1, (long) Math.floor(fairTicks() - instrument.profile().spreadTicks() / 2.0));
    }

    /** Removes the quotes that the fair price has crossed. */
    private void removeCrossed(boolean bid, long touch) {
        Ladder side = book.side(bid);
        while (side.count() > 0 && side.better(side.price(0), touch)) {
            side.set(side.price(0), 0);
        }
    }

    /** Adds quotes up to the touch, always one at the touch itself. */
    private void quoteToTouch(boolean bid, long touch) {
        Ladder side = book.side(bid);
        long worse = bid ? -1 : 1;
        if (side.count() > 0 && side.price(0) == touch) {
            return;
        }
        if (side.count() > 0 && Math.abs(touch - side.price(0)) > MAX_QUOTED_TICKS) {
            // The price has moved too far: the remaining quotes would leave a gap.
            side.cutTo(0);
        }
        long from = side.count() == 0 ? touch + worse * MAX_QUOTED_TICKS : side.price(0);
        int added = 0;
        for (long price = touch; price >= 1 && side.better(price, from); price += worse) {
            if (added == 0 || random.nextDouble() < 0.6) {
                side.set(price, added == 0 ? touchLots() : lots());
                added++;
            }
        }
    }

    /** Changes one level near the touch: removes, resizes or inserts it. */
    private void changeNearTouch(boolean bid) {
        Ladder side = book.side(bid);
        int rank = (int) Math.min(side.count() - 1.0, -Math.log(1 - random.nextDouble()) * CROWDED_RANKS);
        if (rank < 0) {
            return;
        }
        long price = side.price(rank);
        int choice = random.nextInt(10);
        if (choice < 3 && rank > 0) {
            side.set(price, 0);
        } else if (choice < 6) {
            side.set(price, rank == 0 ? touchLots() : lots());
        } else {
            long other = price + (bid ? -1 : 1) * (1 + random.nextInt(3));
            if (other >= 1) {
                side.set(other, lots());
            }
        }
    }

    /**
     * Restores the number of levels: fills gaps on a thin side, then adds levels beyond the worst price, and removes
     * surplus levels.
     */
    private void restoreDepth(boolean bid, long touch) {
        Ladder side = book.side(bid);
        for (int tries = MAX_GAP_TRIES; tries > 0 && side.count() < levels && thin(side); tries--) {
            long price = side.price(random.nextInt(side.count())) + (bid ? -1 : 1);
            if (price >= 1 && side.sizeAt(price) == 0) {
                side.set(price, lots());
            }
        }
        addOuterLevels(bid, touch);
        if (side.count() > levels + levels / 10) {
            side.cutTo(levels);
        }
    }

    /** Adds levels beyond the worst price, away from recent trades. */
    private void addOuterLevels(boolean bid, long touch) {
        Ladder side = book.side(bid);
        long price = side.count() == 0 ? touch : side.price(side.count() - 1);
        while (side.count() < levels) {
            price += (bid ? -1 : 1) * (1 + (random.nextInt(3) == 0 ? random.nextInt(3) : 0));
            if (price < 1) {
                return;
            }
            side.set(price, lots());
        }
    }

    /** Whether less than half of the prices between best and worst have a level. */
    private static boolean thin(Ladder side) {
        int count = side.count();
        return count > 0 && Math.abs(side.price(0) - side.price(count - 1)) > 2L * count;
    }

    private long touchLots() {
        return instrument
                .lot()
                .count(instrument.profile().touchSize()
                        * (0.3 + random.nextDouble())
                        * Math.exp(0.4 * random.nextGaussian()));
    }

    private long lots() {
        double size = random.nextInt(5) < 3
                ? instrument.profile().touchSize() * 0.004 * Math.exp(1.2 * random.nextGaussian())
                : instrument.profile().touchSize() * 0.1 * Math.exp(random.nextGaussian());
        return instrument.lot().count(size);
    }
}
