package dev.livefeed.exchange.account;

import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The account of the exchange. While a client is subscribed it trades a small quantity in the linear BTCUSDT market
 * every few seconds, sometimes places a limit order and cancels it later, and keeps its position small.
 */
final class ExchangeAccount {

    private static final int INTERVAL_MILLIS = 4000;
    private static final int CANCEL_AFTER_MILLIS = 2500;
    private static final int MAX_POSITION_LOTS = 60;
    private static final int LIMIT_TICKS_AWAY = 5000;
    private static final int MAX_BOOKED = 1_000;
    private static final BigDecimal FUNDING_RATE = new BigDecimal("0.0001");

    private final SimulatedMarket market;
    private final Instrument instrument;
    private final Holding holding = new Holding(new BigDecimal("100000"));
    private final AccountRows rows;
    private final SplittableRandom random;
    private final List<BookedRow> booked = new ArrayList<>();
    private OpenOrder resting;
    private long nextAt;
    private int orders;

    /** An order of the account. */
    record OpenOrder(String id, boolean buy, boolean market, long ticks, long lots, long createdAt) {}

    ExchangeAccount(SimulatedMarket market, long seed) {
        this.market = market;
        this.instrument = market.instrument();
        this.rows = new AccountRows(instrument, holding);
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    }

    ProductCategory category() {
        return instrument.category();
    }

    AccountRows rows() {
        return rows;
    }

    /** Advances the account to now and returns its events, in order. */
    List<AccountChange> advance(long now) {
        List<AccountChange> events = new ArrayList<>();
        addBooked(now, events);
        if (resting != null && now >= resting.createdAt() + CANCEL_AFTER_MILLIS) {
            events.add(order(rows.order(resting, "Cancelled", 0, BigDecimal.ZERO, BigDecimal.ZERO, now)));
            resting = null;
        }
        if (nextAt == 0 || now - nextAt > 10 * INTERVAL_MILLIS) {
            nextAt = now + INTERVAL_MILLIS / 4;
        }
        if (now >= nextAt) {
            nextAt += INTERVAL_MILLIS;
            if (++orders % 3 == 0) {
                placeLimitOrder(now, events);
            } else {
                takeLiquidity(now, events);
            }
        }
        return events;
    }

    /** Books a row at the next {@link #advance}. */
    void book(BookedRow row) {
        if (booked.size() < MAX_BOOKED) {
            booked.add(row);
        }
    }

    private void addBooked(long now, List<AccountChange> events) {
        for (BookedRow row : booked) {
            if (row.execType() != null) {
                BigDecimal size = holding.size();
                BigDecimal mark = mark();
                Holding.Effect effect = row.closing() && size.signum() != 0
                        ? holding.fill(size.signum() < 0, size.abs(), mark)
                        : holding.pay(
                                row == BookedRow.FUNDING ? size.multiply(mark).multiply(FUNDING_RATE) : null);
                events.add(new AccountChange(
                        "execution", category().id(), rows.booked(row, id(), size, mark, effect, now)));
                events.add(new AccountChange("position", category().id(), rows.position(mark, now)));
            }
            events.add(new AccountChange("wallet", null, rows.wallet(mark(), row == BookedRow.EMPTY_COIN)));
        }
        booked.clear();
    }

    private void placeLimitOrder(long now, List<AccountChange> events) {
        boolean buy = random.nextBoolean();
        long best = buy ? market.book().bids().price(0) : market.book().asks().price(0);
        resting = new OpenOrder(
                id(), buy, false, best + (buy ? -LIMIT_TICKS_AWAY : LIMIT_TICKS_AWAY), 1 + random.nextInt(20), now);
        events.add(order(rows.order(resting, "New", 0, BigDecimal.ZERO, BigDecimal.ZERO, now)));
    }

    private void takeLiquidity(long now, List<AccountChange> events) {
        long held = holding.size()
                .divideToIntegralValue(BigDecimal.valueOf(
                        instrument.lot().units(), instrument.lot().scale()))
                .longValue();
        boolean buy = held < -MAX_POSITION_LOTS || (held <= MAX_POSITION_LOTS && random.nextBoolean());
        OpenOrder order = new OpenOrder(id(), buy, true, market.lastTicks(), 1 + random.nextInt(20), now);
        events.add(order(rows.order(order, "New", 0, BigDecimal.ZERO, BigDecimal.ZERO, now)));
        long filled = 0;
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        for (MatchedTrade trade : market.take(buy, order.lots(), now)) {
            filled += trade.lots();
            BigDecimal quantity = rows.quantity(trade.lots());
            BigDecimal price = rows.price(trade.ticks());
            Holding.Effect effect = holding.fill(buy, quantity, price);
            value = value.add(quantity.multiply(price));
            fees = fees.add(effect.fee());
            String category = category().id();
            events.add(new AccountChange(
                    "execution", category, rows.execution(order, trade, order.lots() - filled, effect)));
            events.add(new AccountChange("execution.fast", category, rows.fastExecution(order, trade)));
        }
        events.add(order(rows.order(order, "Filled", filled, value, fees, now)));
        events.add(new AccountChange("position", category().id(), rows.position(mark(), now)));
        events.add(new AccountChange("wallet", null, rows.wallet(mark(), false)));
    }

    BigDecimal mark() {
        return rows.price(Math.round(market.fairTicks()));
    }

    private AccountChange order(com.fasterxml.jackson.databind.node.ObjectNode row) {
        return new AccountChange("order", category().id(), row);
    }

    private String id() {
        return new UUID(
                        random.nextLong() & ~0xF000L | 0x4000L,
                        random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L)
                .toString();
    }
}
