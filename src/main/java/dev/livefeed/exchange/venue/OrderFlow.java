package dev.livefeed.exchange.venue;

import java.util.SplittableRandom;

/**
 * The orders that move a market: a fair price that wanders, takers who trade what stands in the book, makers who
 * follow the fair price and thin out with distance. Every trade takes exactly what it prints from the book.
 */
final class OrderFlow {

    private static final double BASIS_PER_ROOT_SECOND = 1.5e-5;
    private static final double BASIS_RETURN_PER_SECOND = 1 / 30.0;
    private static final int MAX_LEVELS_TAKEN = 12;
    private static final int GAP_TRIES = 30;
    private static final int MAX_FOLLOWED_TICKS = 60;
    private static final int MIN_REACH_TICKS = 10;
    private static final double MAX_REACH = 0.002;
    private static final double LIQUIDATION_SHARE = 0.012;
    private static final double CROWDED_RANKS = 12;

    private final SimulatedMarket market;
    private final PriceProcess wander;
    private final Book book;
    private final Instrument instrument;
    private final SplittableRandom random;
    private final int levels;
    private final double takerShare;
    private final double startTicks;
    private double basis;
    private double fairTicks;

    OrderFlow(SimulatedMarket market, int levels, PriceProcess wander, SplittableRandom random) {
        this.wander = wander;
        this.market = market;
        this.book = market.book();
        this.instrument = market.instrument();
        this.levels = levels;
        this.random = random;
        this.takerShare = instrument.takersPerSecond() / (instrument.takersPerSecond() + instrument.quotesPerSecond());
        this.startTicks = instrument.tick().count(instrument.price());
        this.fairTicks = Math.max(1.5 + instrument.spreadTicks(), startTicks);
    }

    /** Fills the book before the first order. */
    void open() {
        follow(true, touchBid());
        follow(false, touchBid() + instrument.spreadTicks());
        extend(true, touchBid());
        extend(false, touchBid() + instrument.spreadTicks());
    }

    double fairTicks() {
        return fairTicks;
    }

    /** One taker order or one round of quotes. */
    void act(long at, double elapsedMillis) {
        // Each market strays a little from the common path of its coin and comes back.
        double seconds = Math.min(elapsedMillis / 1000, 20);
        basis += -BASIS_RETURN_PER_SECOND * seconds * basis
                + BASIS_PER_ROOT_SECOND * Math.sqrt(seconds) * random.nextGaussian();
        double path = instrument.elasticity() * wander.at(at) + basis;
        fairTicks = Math.max(1.5 + instrument.spreadTicks(), startTicks * Math.exp(path));
        if (random.nextDouble() < takerShare) {
            take(at);
        } else {
            quote(at);
        }
    }

    private void take(long at) {
        double lead = (fairTicks() - book.mid()) / Math.max(1, startTicks * 5e-5);
        boolean buy = random.nextDouble() < 0.5 + 0.42 * Math.tanh(lead);
        double size = instrument.touchSize() * 0.12 * Math.exp(1.3 * random.nextGaussian());
        boolean forced = instrument.category().futures() && random.nextDouble() < LIQUIDATION_SHARE;
        long lots = instrument.lot().count(forced ? size * 6 : size);
        long before = market.tape().written();
        takeExactly(buy, lots, at);
        if (forced && market.tape().written() > before) {
            MatchedTrade last = market.tape().get(market.tape().written() - 1);
            long taken = market.tape().last((int) (market.tape().written() - before)).stream()
                    .mapToLong(MatchedTrade::lots)
                    .sum();
            long beyond = Math.max(1, last.ticks() + (buy ? 1 : -1) * Math.round(startTicks * 5e-4));
            market.liquidated(new ForcedClose(at, !buy, taken, beyond));
        }
    }

    /** A taker order of a given size: trades what stands in the book, best price first. */
    void takeExactly(boolean buy, long lots, long at) {
        Ladder side = book.side(!buy);
        long rest = lots;
        long sequence = market.nextSequence(random.nextInt(3));
        double reach = Math.max(MIN_REACH_TICKS, fairTicks * MAX_REACH);
        for (int level = 0; level < MAX_LEVELS_TAKEN && rest > 0 && side.count() > 1; level++) {
            if (level > 0 && Math.abs(side.price(0) - fairTicks) > reach) {
                break;
            }
            long here = Math.min(rest, side.size(0));
            fillInParts(buy, side.price(0), here, at, sequence);
            rest -= here;
        }
        lengthen(!buy, side.price(0));
        market.changed(sequence, at);
    }

    /** Several makers may stand at one price: each gets a print of its own. */
    private void fillInParts(boolean buy, long price, long lots, long at, long sequence) {
        long rest = lots;
        for (int parts = 1 + random.nextInt(3); parts > 1 && rest > 1; parts--) {
            long part = 1 + random.nextLong(rest - 1);
            market.fill(buy, price, part, at, sequence);
            rest -= part;
        }
        market.fill(buy, price, rest, at, sequence);
    }

    /** A round of quotes: they follow the fair price and change here and there. */
    void quote(long at) {
        long bid = touchBid();
        long ask = bid + instrument.spreadTicks();
        withdraw(true, bid);
        withdraw(false, ask);
        follow(true, bid);
        follow(false, ask);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            stir(random.nextBoolean());
        }
        extend(true, bid);
        extend(false, ask);
        market.changed(market.nextSequence(random.nextInt(3)), at);
    }

    private long touchBid() {
        return Math.max(1, (long) Math.floor(fairTicks() - instrument.spreadTicks() / 2.0));
    }

    /** Takes out the quotes that the fair price has run over. */
    private void withdraw(boolean bid, long touch) {
        Ladder side = book.side(bid);
        while (side.count() > 0 && side.better(side.price(0), touch)) {
            side.set(side.price(0), 0);
        }
    }

    /** Quotes up to the touch, denser the nearer. */
    private void follow(boolean bid, long touch) {
        Ladder side = book.side(bid);
        long worse = bid ? -1 : 1;
        if (side.count() > 0 && side.price(0) == touch) {
            return;
        }
        if (side.count() > 0 && Math.abs(touch - side.price(0)) > MAX_FOLLOWED_TICKS) {
            // The price has run away: what stands behind would leave a hole.
            side.cutTo(0);
        }
        long from = side.count() == 0 ? touch + worse * MAX_FOLLOWED_TICKS : side.price(0);
        int added = 0;
        for (long price = touch; price >= 1 && side.better(price, from); price += worse) {
            if (added == 0 || random.nextDouble() < 0.6) {
                side.set(price, added == 0 ? touchLots() : lots());
                added++;
            }
        }
    }

    /** One change somewhere near the touch: a level is taken out, resized or put in between. */
    private void stir(boolean bid) {
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
     * Keeps the number of levels: fills gaps where the side has become thin, else adds beyond the worst; cuts what is
     * too much.
     */
    private void extend(boolean bid, long touch) {
        Ladder side = book.side(bid);
        for (int tries = GAP_TRIES; tries > 0 && side.count() < levels && thin(side); tries--) {
            long price = side.price(random.nextInt(side.count())) + (bid ? -1 : 1);
            if (price >= 1 && side.sizeAt(price) == 0) {
                side.set(price, lots());
            }
        }
        lengthen(bid, touch);
        if (side.count() > levels + levels / 10) {
            side.cutTo(levels);
        }
    }

    /** Adds levels beyond the worst, where no trade has just been. */
    private void lengthen(boolean bid, long touch) {
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

    /** Whether less than half of the prices between best and worst are taken. */
    private static boolean thin(Ladder side) {
        int count = side.count();
        return count > 0 && Math.abs(side.price(0) - side.price(count - 1)) > 2L * count;
    }

    private long touchLots() {
        return instrument
                .lot()
                .count(instrument.touchSize() * (0.3 + random.nextDouble()) * Math.exp(0.4 * random.nextGaussian()));
    }

    private long lots() {
        double size = random.nextInt(5) < 3
                ? instrument.touchSize() * 0.004 * Math.exp(1.2 * random.nextGaussian())
                : instrument.touchSize() * 0.1 * Math.exp(random.nextGaussian());
        return instrument.lot().count(size);
    }
}
