package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random trades over some days; some arrive late by minutes or by days. */
final class RandomDays {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private RandomDays() {}

    static List<Trade> trades(long seed, int count, int days) {
        Random random = new Random(seed);
        List<Trade> trades = new ArrayList<>();
        long span = days * 86_400_000_000L;
        long price = 500_000;
        for (int i = 0; i < count; i++) {
            long at = span / count * i + random.nextInt((int) Math.min(Integer.MAX_VALUE, span / count));
            if (random.nextInt(8) == 0) {
                at -= (long) (random.nextDouble() * 3_600_000_000L);
            }
            if (random.nextInt(25) == 0) {
                at -= (1 + random.nextInt(3)) * 86_400_000_000L;
            }
            price = Math.max(1_000, price + random.nextInt(401) - 200);
            BigDecimal exact = BigDecimal.valueOf(price * 10 + random.nextInt(10), 2);
            BigDecimal qty = BigDecimal.valueOf(1 + random.nextInt(5_000), random.nextInt(7));
            trades.add(trade(
                    "BTCUSDT",
                    i,
                    START.plus(Math.max(0, at), ChronoUnit.MICROS),
                    exact,
                    qty,
                    random.nextBoolean() ? Side.BUY : Side.SELL));
        }
        return trades;
    }

    static Trade trade(String symbol, long id, Instant at, BigDecimal price, BigDecimal qty, Side side) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        return new Trade(symbol, "linear", "t" + id, micros, price, qty, side, id, false, false, micros, true);
    }

    static Trade trade(String at, String price, String qty, Side side) {
        return trade("BTCUSDT", 0, Instant.parse(at), new BigDecimal(price), new BigDecimal(qty), side);
    }
}
