package dev.livefeed.connector.bybit.notice;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.stream.LatestFigures;
import dev.livefeed.protocol.model.RiskEvent.InsurancePool;
import dev.livefeed.protocol.model.Symbols;
import java.math.BigDecimal;

/** Emits the balances of the insurance pools of the wanted contracts. The venue does not push shared pools. */
public final class InsuranceStream extends RowStream {

    private final LatestFigures latest;

    public InsuranceStream(Topic topic, FeedContext context) {
        super(topic, context);
        this.latest = new LatestFigures(context.venue());
    }

    @Override
    void row(DataRow row, FrameTimes times) throws RowFaultException {
        String[] symbols = row.needed("symbols").split(",");
        String coin = row.needed("coin");
        BigDecimal balance = row.decimal("balance");
        if (balance == null) {
            throw new RowFaultException("balance is missing");
        }
        long updated = row.optionalMillis("updateTime") * 1_000L;
        long micros = updated > 0 && updated <= times.micros() ? updated : times.micros();
        for (String written : symbols) {
            String symbol = written.strip();
            if (!Symbols.valid(symbol)) {
                row.unused("symbols contains \"" + symbol + "\", must be " + Symbols.RULE);
            } else if (topic.contracts().wants(symbol)) {
                latest.emit(
                        new InsurancePool(
                                topic.name().instrument(symbol),
                                micros,
                                coin,
                                balance,
                                symbols.length,
                                times.receivedAt(),
                                times.synthetic()),
                        balance);
            }
        }
    }
}
