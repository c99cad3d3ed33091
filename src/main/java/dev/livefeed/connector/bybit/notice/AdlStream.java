package dev.livefeed.connector.bybit.notice;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.stream.LatestFigures;
import dev.livefeed.protocol.model.RiskEvent.AdlAlert;
import java.math.BigDecimal;

/** Emits how close the wanted contracts of a settlement coin are to auto-deleveraging. */
public final class AdlStream extends RowStream {

    private final LatestFigures latest;

    public AdlStream(Topic topic, FeedContext context) {
        super(topic, context);
        this.latest = new LatestFigures(context.venue());
    }

    @Override
    void row(DataRow row, FrameTimes times) throws RowFaultException {
        String symbol = row.symbol("s");
        if (!topic.contracts().wants(symbol)) {
            return;
        }
        BigDecimal balance = row.decimal("b");
        if (balance == null) {
            throw new RowFaultException("b, the balance, is missing");
        }
        AdlAlert.Figures figures = new AdlAlert.Figures(
                row.needed("c"),
                balance,
                row.optionalDecimal("pr"),
                row.optionalDecimal("i_pr"),
                row.optionalDecimal("adl_sr"),
                row.optionalDecimal("adl_tt"));
        latest.emit(
                new AdlAlert(
                        topic.name().instrument(symbol),
                        times.micros(),
                        figures,
                        times.receivedAt(),
                        times.synthetic()),
                figures);
    }
}
