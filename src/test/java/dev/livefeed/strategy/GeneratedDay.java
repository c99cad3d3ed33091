package dev.livefeed.strategy;

import dev.livefeed.event.Side;
import dev.livefeed.event.Trade;
import java.math.BigDecimal;
import java.util.Random;

/** A day of a market that swings, trends and sweeps; the same for the same seed. */
final class GeneratedDay {

    static final long START = 20_000 * Timeframe.DAY;

    private GeneratedDay() {}

    static void play(long seed, StrategyRig rig) {
        Random random = new Random(seed);
        int ids = 0;
        double price = 50_000;
        double drift = 0;
        double home = price;
        for (long at = START; at < START + Timeframe.DAY; at += 1_000_000L + random.nextInt(3_000_000)) {
            if (random.nextInt(1_200) == 0) {
                drift = (random.nextInt(3) - 1) * 1.5;
                home = price;
            }
            price += drift + (drift == 0 ? (home - price) * 0.002 : 0) + random.nextGaussian() * 6;
            BigDecimal bid = BigDecimal.valueOf(Math.round(price) * 10L, 1);
            BigDecimal ask = bid.add(new BigDecimal("0.5"));
            if (random.nextInt(2) == 0) {
                rig.book(at, bid, ask, 20);
            }
            boolean buys = random.nextInt(100) < 50 + drift * 15;
            rig.trade(new Trade(
                    "BTCUSDT",
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
                    true));
        }
    }
}
