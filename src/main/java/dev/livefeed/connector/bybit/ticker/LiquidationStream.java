package dev.livefeed.connector.bybit.ticker;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.bybit.topic.TradeRow;
import dev.livefeed.connector.feed.LiquidationSeries;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Emits the liquidations of one topic. */
public final class LiquidationStream implements TopicStream {

    private final Topic topic;
    private final LiquidationSeries series;

    public LiquidationStream(Topic topic, FeedContext context) {
        this.topic = topic;
        this.series = new LiquidationSeries(context.venue(), topic.name().instrument());
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        List<Liquidation> rows = new ArrayList<>(frame.tradeCount);
        for (int i = 0; i < frame.tradeCount; i++) {
            TradeRow row = frame.trades.get(i);
            rows.add(new Liquidation(
                    topic.name().instrument(),
                    row.timeMillis * 1_000L,
                    BigDecimal.valueOf(row.price, row.priceScale),
                    BigDecimal.valueOf(row.qty, row.qtyScale),
                    // The venue's side is that of the position: "Buy" is a long position, which is closed by a sell
                    // order.
                    row.side == Side.BUY ? Side.SELL : Side.BUY,
                    receivedAt,
                    synthetic));
        }
        series.push(
                rows,
                frame.timeMicros(),
                frame.unread.any() ? frame.unread.total() + " rows could not be read: " + frame.unread.cause() : null);
    }

    @Override
    public void unreadable(String why) {
        series.suspect(why);
    }

    @Override
    public void frameMayBeLost() {
        series.suspect("a frame that may belong to this topic could not be read");
    }

    @Override
    public void requested() {}

    @Override
    public void active() {
        series.active();
    }

    @Override
    public void ended() {
        series.ended();
    }

    @Override
    public void tick() {
        series.tick();
    }
}
