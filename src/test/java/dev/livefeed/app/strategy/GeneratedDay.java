package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random day of markets that range, trend and sweep, with late trades and lost feeds; identical for the same seed.
 */
final class GeneratedDay {

    static final long START = 20_000 * Timeframe.DAY;

    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT");

    private final Random random;
    private int ids;

    /** The state of one symbol's market. */
    private static final class Walk {
        private double price = 50_000;
        private double drift;
        private double home = price;
    }

    private GeneratedDay(long seed) {
        random = new Random(seed);
    }

    static void play(long seed, StrategyRig rig) {
        new GeneratedDay(seed).play(rig);
    }

    private void play(StrategyRig rig) {
        Map<String, Walk> walks = new TreeMap<>();
        SYMBOLS.forEach(symbol -> walks.put(symbol, new Walk()));
        for (long at = START; at < START + Timeframe.DAY; at += 2_000_000L + random.nextInt(2_000_000)) {
            String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
            Walk walk = walks.get(symbol);
            step(walk);
            BigDecimal bid = BigDecimal.valueOf(Math.round(walk.price) * 10L, 1);
            BigDecimal ask = bid.add(new BigDecimal("0.5"));
            if (random.nextInt(2) == 0) {
                rig.book(symbol, at, bid, ask, 20);
            }
            long late = random.nextInt(40) == 0 ? random.nextInt(5_000_000) : 0;
            rig.trade(trade(symbol, at - late, walk, bid, ask));
            if (random.nextInt(20_000) == 0) {
                rig.status(Statuses.of(ConnectionDown.STATUS, "bybit", null, null, null, "test", Map.of()));
            }
        }
    }

    private void step(Walk walk) {
        if (random.nextInt(400) == 0) {
            walk.drift = (random.nextInt(3) - 1) * 1.5;
            walk.home = walk.price;
        }
        walk.price += walk.drift + (walk.drift == 0 ? (walk.home - walk.price) * 0.002 : 0) + random.nextGaussian() * 6;
    }

    private Trade trade(String symbol, long at, Walk walk, BigDecimal bid, BigDecimal ask) {
        boolean buys = random.nextInt(100) < 50 + walk.drift * 15;
        return new Trade(
                symbol,
                "linear",
                Integer.toString(++ids),
                at,
                buys ? ask : bid,
                BigDecimal.valueOf(1 + random.nextInt(random.nextInt(50) == 0 ? 9_000 : 300), 3),
                buys ? Side.BUY : Side.SELL,
                -1,
                false,
                false,
                at,
                true);
    }
}
