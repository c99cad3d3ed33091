package dev.livefeed.app.history;

import dev.livefeed.app.market.ExchangeCandle;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/**
 * The running sums of a minute, or of several minutes added together. Sums are exact. The times of the first and the
 * last trade are kept, so that a late trade changes open and close only if it is the first or the last one.
 */
final class MinuteSum {

    /** Space for the bytes of a minute whose numbers need all their digits. */
    static final int MOST_BYTES = 250;

    private static final int SYNTHETIC = 1;
    private static final int BUY = 2;
    private static final int QUOTE = 4;
    private static final int TRADES = 8;

    private boolean empty = true;
    private long openAt;
    private long closeAt;
    private BigDecimal open;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal close;
    private BigDecimal volume = BigDecimal.ZERO;
    /** Null if it is not known, as are the next two. */
    private BigDecimal buy = BigDecimal.ZERO;

    private BigDecimal quote = BigDecimal.ZERO;
    private long trades;
    private boolean synthetic;

    boolean isEmpty() {
        return empty;
    }

    /** Whether it is a candle of the exchange, which has all trades of its minute. */
    boolean ofExchange() {
        return trades < 0;
    }

    BigDecimal volume() {
        return volume;
    }

    void add(Trade trade) {
        long at = trade.timestampMicros();
        prices(at, at, trade.price(), trade.price(), trade.price(), trade.price());
        volume = volume.add(trade.qty());
        if (buy != null && trade.side() == Side.BUY) {
            buy = buy.add(trade.qty());
        }
        if (quote != null) {
            quote = quote.add(trade.price().multiply(trade.qty()));
        }
        trades += trades < 0 ? 0 : 1;
        synthetic |= trade.synthetic();
    }

    /** Adds another sum; of equal times it counts as later. */
    void add(MinuteSum other) {
        if (other.empty) {
            return;
        }
        prices(other.openAt, other.closeAt, other.open, other.high, other.low, other.close);
        volume = volume.add(other.volume);
        buy = buy == null || other.buy == null ? null : buy.add(other.buy);
        quote = quote == null || other.quote == null ? null : quote.add(other.quote);
        trades = trades < 0 || other.trades < 0 ? -1 : trades + other.trades;
        synthetic |= other.synthetic;
    }

    private void prices(
            long firstAt, long lastAt, BigDecimal first, BigDecimal highest, BigDecimal lowest, BigDecimal last) {
        if (empty || firstAt < openAt) {
            open = first;
            openAt = firstAt;
        }
        if (empty || lastAt >= closeAt) {
            close = last;
            closeAt = lastAt;
        }
        high = empty || highest.compareTo(high) > 0 ? highest : high;
        low = empty || lowest.compareTo(low) < 0 ? lowest : low;
        empty = false;
    }

    /** The exchange's candle of a minute with trades; its first and last trade count as its start and its end. */
    static MinuteSum of(Kline candle) {
        MinuteSum sum = new MinuteSum();
        sum.prices(
                candle.startMicros(), candle.endMicros(), candle.open(), candle.high(), candle.low(), candle.close());
        sum.volume = candle.volume();
        sum.buy = null;
        sum.quote = ExchangeCandle.quoteVolume(candle);
        sum.trades = -1;
        sum.synthetic = candle.synthetic();
        return sum;
    }

    PastCandle candle(long startMicros, long endMicros, boolean closed, boolean complete) {
        return new PastCandle(
                startMicros,
                endMicros,
                new PastCandle.Prices(open, high, low, close),
                new PastCandle.Volumes(volume, buy, quote, trades < 0 ? null : trades),
                closed,
                complete,
                synthetic);
    }

    /** @param startMicros start of the minute */
    void write(ByteBuffer to, long startMicros) {
        to.put((byte) ((synthetic ? SYNTHETIC : 0)
                | (buy == null ? 0 : BUY)
                | (quote == null ? 0 : QUOTE)
                | (trades < 0 ? 0 : TRADES)));
        PackedNumbers.put(to, openAt - startMicros);
        PackedNumbers.put(to, closeAt - openAt);
        PackedNumbers.put(to, low);
        PackedNumbers.putAbove(to, low, open);
        PackedNumbers.putAbove(to, low, high);
        PackedNumbers.putAbove(to, low, close);
        PackedNumbers.put(to, volume);
        if (buy != null) {
            PackedNumbers.put(to, buy);
        }
        if (quote != null) {
            PackedNumbers.put(to, quote);
        }
        if (trades >= 0) {
            PackedNumbers.put(to, trades);
        }
    }

    /** What {@link #write} has written. */
    static MinuteSum read(ByteBuffer from, long startMicros) {
        MinuteSum sum = new MinuteSum();
        int flags = from.get();
        sum.empty = false;
        sum.synthetic = (flags & SYNTHETIC) != 0;
        sum.openAt = startMicros + PackedNumbers.number(from);
        sum.closeAt = sum.openAt + PackedNumbers.number(from);
        sum.low = PackedNumbers.decimal(from);
        sum.open = PackedNumbers.above(from, sum.low);
        sum.high = PackedNumbers.above(from, sum.low);
        sum.close = PackedNumbers.above(from, sum.low);
        sum.volume = PackedNumbers.decimal(from);
        sum.buy = (flags & BUY) == 0 ? null : PackedNumbers.decimal(from);
        sum.quote = (flags & QUOTE) == 0 ? null : PackedNumbers.decimal(from);
        sum.trades = (flags & TRADES) == 0 ? -1 : PackedNumbers.number(from);
        return sum;
    }
}
