package dev.livefeed.connector.bybit.notice;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.stream.LatestFigures;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import java.math.BigDecimal;
import java.util.List;

/** Emits the price limits of one symbol. */
public final class PriceLimitStream extends RowStream {

    private final LatestFigures latest;

    public PriceLimitStream(Topic topic, FeedContext context) {
        super(topic, context);
        this.latest = new LatestFigures(context.venue());
    }

    @Override
    void row(DataRow row, FrameTimes times) throws RowFaultException {
        row.requireSymbol("symbol", topic.name());
        BigDecimal highestBid = row.price("buyLmt");
        BigDecimal lowestAsk = row.price("sellLmt");
        if (highestBid == null || lowestAsk == null) {
            throw new RowFaultException("buyLmt or sellLmt is missing or 0");
        }
        latest.emit(
                new PriceLimit(
                        topic.name().instrument(),
                        times.micros(),
                        highestBid,
                        lowestAsk,
                        times.receivedAt(),
                        times.synthetic()),
                List.of(highestBid, lowestAsk));
    }
}
