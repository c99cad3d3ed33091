package dev.livefeed.app.strategy;

import dev.livefeed.protocol.codec.NewestTrade;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;

/** The running sums of an open candle. Trades may be added in any order; only those of equal time must keep theirs. */
final class CandleSum {

    private long openAt;
    private long openSeq;
    private long closeAt;
    private long closeSeq;
    private BigDecimal open;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal close;
    private BigDecimal bought = BigDecimal.ZERO;
    private BigDecimal sold = BigDecimal.ZERO;
    private BigDecimal quote = BigDecimal.ZERO;
    private long trades;
    private boolean synthetic;

    boolean isEmpty() {
        return trades == 0;
    }

    void add(Trade trade) {
        BigDecimal price = trade.price();
        long at = trade.timestampMicros();
        if (trades == 0) {
            open = price;
            high = price;
            low = price;
            close = price;
            openAt = at;
            openSeq = trade.seq();
            closeAt = at;
            closeSeq = trade.seq();
        } else {
            if (!NewestTrade.before(at, trade.seq(), closeAt, closeSeq)) {
                close = price;
                closeSeq = NewestTrade.seqAfter(at, trade.seq(), closeAt, closeSeq);
                closeAt = at;
            } else if (NewestTrade.before(at, trade.seq(), openAt, openSeq)) {
                open = price;
                openAt = at;
                openSeq = trade.seq();
            }
            if (price.compareTo(high) > 0) {
                high = price;
            } else if (price.compareTo(low) < 0) {
                low = price;
            }
        }
        if (trade.side() == Side.BUY) {
            bought = bought.add(trade.qty());
        } else {
            sold = sold.add(trade.qty());
        }
        quote = quote.add(price.multiply(trade.qty()));
        trades++;
        synthetic |= trade.synthetic();
    }

    /** Adds the trades of another sum; among equal times they count as later. */
    void add(CandleSum later) {
        if (later.trades == 0) {
            return;
        }
        if (trades == 0) {
            open = later.open;
            openAt = later.openAt;
            openSeq = later.openSeq;
            high = later.high;
            low = later.low;
            close = later.close;
            closeAt = later.closeAt;
            closeSeq = later.closeSeq;
        } else {
            if (NewestTrade.before(later.openAt, later.openSeq, openAt, openSeq)) {
                open = later.open;
                openAt = later.openAt;
                openSeq = later.openSeq;
            }
            if (!NewestTrade.before(later.closeAt, later.closeSeq, closeAt, closeSeq)) {
                close = later.close;
                closeSeq = NewestTrade.seqAfter(later.closeAt, later.closeSeq, closeAt, closeSeq);
                closeAt = later.closeAt;
            }
            high = high.max(later.high);
            low = low.min(later.low);
        }
        bought = bought.add(later.bought);
        sold = sold.add(later.sold);
        quote = quote.add(later.quote);
        trades += later.trades;
        synthetic |= later.synthetic;
    }

    void clear() {
        bought = BigDecimal.ZERO;
        sold = BigDecimal.ZERO;
        quote = BigDecimal.ZERO;
        trades = 0;
        synthetic = false;
    }

    Candle candle(InstrumentId instrument, Timeframe timeframe, long start, boolean closed) {
        return new Candle(
                instrument,
                timeframe.name(),
                start,
                start + timeframe.micros(),
                new Candle.Prices(open, high, low, close),
                new Candle.Volumes(bought, sold, quote, trades),
                closed,
                synthetic);
    }
}
