package dev.livefeed.connector.bybit.notice;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.protocol.model.RiskEvent.AdlAlert;
import java.math.BigDecimal;

/** Emits how close the wanted contracts of a settlement coin are to auto-deleveraging. */
public final class AdlStream extends RowStream {

    private final LatestFigures latest;

    public AdlStream(Topic topic, FeedContext context) {
        super(topic, context);
        this.latest = new LatestFigures(context);
    }

    @Override
    void row(DataRow row, FrameTimes times) throws RowFaultException {
        String symbol = row.needed("s");
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
                row.decimal("pr"),
                row.decimal("i_pr"),
                row.decimal("adl_sr"),
                row.decimal("adl_tt"));
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
