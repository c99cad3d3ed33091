package dev.livefeed.connector.bybit;

import dev.livefeed.event.Trade;
import java.math.BigDecimal;

/** Emits the trades of one topic. */
final class TradeStream implements Stream {

    private final Topic topic;
    private final Context context;

    TradeStream(Topic topic, Context context) {
        this.topic = topic;
        this.context = context;
    }

    @Override
    public void frame(Frame frame, long receivedAt, boolean synthetic) {
        for (int i = 0; i < frame.tradeCount; i++) {
            TradeRow row = frame.trades.get(i);
            context.outbox()
                    .trade(new Trade(
                            topic.name().symbol(),
                            topic.name().category().text(),
                            row.id,
                            row.timeMillis * 1_000L,
                            BigDecimal.valueOf(row.price, row.priceScale),
                            BigDecimal.valueOf(row.qty, row.qtyScale),
                            row.side,
                            row.seq,
                            row.blockTrade,
                            row.rpi,
                            receivedAt,
                            synthetic));
        }
    }

    @Override
    public void unreadable(String why) {}

    @Override
    public void asked() {}

    @Override
    public void ended() {}

    @Override
    public void tick() {}
}
