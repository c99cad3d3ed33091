package dev.livefeed.terminal.top;

import dev.livefeed.terminal.ExactJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What is known about one instrument. */
final class WatchedInstrument {

    private static final int TRADES = 100;
    private static final long SECOND = 1000;

    private InstrumentName name;
    private final EventRate rate;
    private final Deque<TapeTrade> trades = new ArrayDeque<>();
    private PriceHistory seconds = new PriceHistory(SECOND);
    private String price = "";
    private long tradedAt;
    private BigDecimal open;
    private Health.Condition condition;

    WatchedInstrument(InstrumentName name, long now) {
        this.name = name;
        rate = new EventRate(now);
    }

    InstrumentName name() {
        return name;
    }

    /** A name that says more than the one before. */
    void rename(InstrumentName full) {
        name = full;
    }

    void trade(TapeTrade trade, long now) {
        rate.add(now, 1);
        trades.addFirst(trade);
        if (trades.size() > TRADES) {
            trades.removeLast();
        }
        if (!trade.late()) {
            price(trade.price(), trade.time());
        }
    }

    void price(String last, long time) {
        BigDecimal number = ExactJson.number(last);
        if (number == null) {
            return; // no price
        }
        seconds.set(time, number);
        price = last;
        tradedAt = time;
    }

    /** After an interruption, the curve begins again. */
    void interrupted() {
        seconds = new PriceHistory(SECOND);
    }

    void lost(long count, long now) {
        rate.add(now, count);
    }

    void open(String text) {
        open = ExactJson.number(text);
    }

    void condition(Health.Condition state) {
        condition = state;
    }

    /** The last price as it was sent; empty without one. */
    String price() {
        return price;
    }

    /** The time of the last price; 0 without one. */
    long tradedAt() {
        return tradedAt;
    }

    double tradesPerSecond(long now) {
        return rate.perSecond(now);
    }

    /** The last trades, newest first. */
    List<TapeTrade> trades(int count) {
        return trades.stream().limit(count).toList();
    }

    PriceHistory seconds() {
        return seconds;
    }

    /** May be null. */
    Health.Condition condition() {
        return condition;
    }

    /** The change since the day's first price in per cent, with its sign; empty if that is not known. */
    String change() {
        if (open == null || open.signum() <= 0 || price.isEmpty()) {
            return "";
        }
        BigDecimal percent = new BigDecimal(price)
                .subtract(open)
                .multiply(BigDecimal.valueOf(100))
                .divide(open, 2, RoundingMode.HALF_EVEN);
        return String.format(Locale.ROOT, "%+.2f%%", percent);
    }
}
