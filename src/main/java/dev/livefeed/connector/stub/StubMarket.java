package dev.livefeed.connector.stub;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/** A random instrument: its price moves by at most 0.5 per step and stays within 1 % of a base price. */
final class StubMarket {

    private static final int PRICE_SCALE = 2;
    private static final int QTY_SCALE = 3;
    private static final int MAX_STEP = 50;
    private static final int LEVELS = 3;
    private static final long TICK = 10;

    private final String symbol;
    private final RandomGenerator random;
    private final long base;
    private final Levels.Builder levels = new Levels.Builder();
    private long price;
    private long lastTradeId;
    private long lastUpdateId;

    StubMarket(String symbol, RandomGenerator random) {
        this.symbol = symbol;
        this.random = random;
        this.base = base(symbol);
        this.price = base;
    }

    /** Moves the price; called once per step. */
    void step() {
        long moved = price + random.nextInt(-MAX_STEP, MAX_STEP + 1);
        price = Math.max(base - base / 100, Math.min(base + base / 100, moved));
    }

    Trade trade(long nowMicros) {
        return new Trade(
                symbol,
                null,
                Long.toString(++lastTradeId),
                millis(nowMicros),
                BigDecimal.valueOf(price, PRICE_SCALE),
                BigDecimal.valueOf(qty(), QTY_SCALE),
                random.nextBoolean() ? Side.BUY : Side.SELL,
                -1,
                false,
                false,
                nowMicros,
                true);
    }

    Depth depth(long nowMicros) {
        return new Depth(
                symbol,
                null,
                millis(nowMicros),
                side(price - TICK, -TICK),
                side(price + TICK, TICK),
                ++lastUpdateId,
                -1,
                true,
                LEVELS,
                nowMicros,
                true);
    }

    private Levels side(long best, long step) {
        for (int i = 0; i < LEVELS; i++) {
            levels.add(best + i * step, PRICE_SCALE, qty(), QTY_SCALE);
        }
        return levels.build();
    }

    private long qty() {
        return 1 + random.nextInt(2_000);
    }

    private static long millis(long micros) {
        return micros - micros % 1_000;
    }

    private static long base(String symbol) {
        if (symbol.startsWith("BTC")) {
            return 6_000_000;
        }
        return symbol.startsWith("ETH") ? 300_000 : 10_000;
    }
}
