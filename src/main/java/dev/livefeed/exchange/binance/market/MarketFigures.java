package dev.livefeed.exchange.binance.market;

import dev.livefeed.exchange.market.Book;
import dev.livefeed.exchange.market.BuiltCandle;
import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.Ladder;

/** Figures of a market at a time, as text: of the last day, of the touch, and the mark price. */
public final class MarketFigures {

    /** Milliseconds of a day. */
    public static final long DAY = 86_400_000L;

    private static final long FUNDING_MILLIS = 8 * 3_600_000L;
    private static final double FUNDING_RATE = 0.0001;
    private static final double INDEX_TO_MARK = 0.9999;

    private final MarketData data;
    private final BuiltCandle day;
    private final long now;

    private MarketFigures(MarketData data, BuiltCandle day, long now) {
        this.data = data;
        this.day = day;
        this.now = now;
    }

    /** @param now milliseconds since 1970 */
    public static MarketFigures of(MarketData data, long now) {
        return new MarketFigures(data, data.market().candles().lastDay(now), now);
    }

    public String last() {
        return price(data.market().lastTicks());
    }

    public String open() {
        return price(day.open());
    }

    public String high() {
        return price(day.high());
    }

    public String low() {
        return price(day.low());
    }

    public String volume() {
        return data.numbers().size(day.lots());
    }

    public String turnover() {
        return DecimalText.padded(day.turnover(), 8);
    }

    public String change() {
        long ticks = data.market().lastTicks() - day.open();
        return (ticks < 0 ? "-" : "") + price(Math.abs(ticks));
    }

    public String changePercent() {
        return DecimalText.padded(100.0 * (data.market().lastTicks() - day.open()) / day.open(), 3);
    }

    /** Average price by volume; the last price if nothing was traded. */
    public String average() {
        double size = data.market().instrument().lot().value() * day.lots();
        return size == 0 ? last() : DecimalText.padded(day.turnover() / size, 8);
    }

    public String lastSize() {
        long written = data.trades().written();
        return data.numbers()
                .size(written == 0 ? 0 : data.trades().get(written - 1).lots());
    }

    public String bid() {
        return best(book().bids());
    }

    public String bidSize() {
        return bestSize(book().bids());
    }

    public String ask() {
        return best(book().asks());
    }

    public String askSize() {
        return bestSize(book().asks());
    }

    /** Start of the last day, milliseconds since 1970. */
    public long openTime() {
        return now - DAY;
    }

    /** Time of the figures, milliseconds since 1970. */
    public long closeTime() {
        return now;
    }

    /** Id of the first trade; -1 if there is none. */
    public long firstId() {
        return data.trades().written() == 0 ? -1 : data.tradeId(data.trades().oldest());
    }

    public long lastId() {
        return data.trades().written() == 0 ? -1 : data.tradeId(data.trades().written() - 1);
    }

    public long trades() {
        return data.trades().written();
    }

    public String mark() {
        return DecimalText.padded(markPrice(), 8);
    }

    public String index() {
        return DecimalText.padded(markPrice() * INDEX_TO_MARK, 8);
    }

    public String fundingRate() {
        return DecimalText.padded(FUNDING_RATE, 8);
    }

    public long nextFunding() {
        return (now / FUNDING_MILLIS + 1) * FUNDING_MILLIS;
    }

    private double markPrice() {
        return Math.round(data.market().fairTicks())
                * data.market().instrument().tick().value();
    }

    private Book book() {
        return data.market().book();
    }

    private String best(Ladder side) {
        return price(side.count() == 0 ? 0 : side.price(0));
    }

    private String bestSize(Ladder side) {
        return data.numbers().size(side.count() == 0 ? 0 : side.size(0));
    }

    private String price(long ticks) {
        return data.numbers().price(ticks);
    }
}
