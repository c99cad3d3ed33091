package dev.livefeed.connector.bybit.notice;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.protocol.model.RiskEvent.InsurancePool;
import dev.livefeed.protocol.model.Symbols;
import java.math.BigDecimal;

/** Emits the balances of the insurance pools of the wanted contracts. The venue does not push shared pools. */
public final class InsuranceStream extends RowStream {

    private final LatestFigures latest;

    public InsuranceStream(Topic topic, FeedContext context) {
        super(topic, context);
        this.latest = new LatestFigures(context);
    }

    @Override
    void row(DataRow row, FrameTimes times) throws RowFaultException {
        String[] symbols = row.needed("symbols").split(",");
        for (String symbol : symbols) {
            if (topic.contracts().wants(symbol)) {
                pool(symbol, symbols.length, row, times);
            }
        }
    }

    private void pool(String symbol, int sharedBy, DataRow row, FrameTimes times) throws RowFaultException {
        BigDecimal balance = row.decimal("balance");
        if (balance == null) {
            throw new RowFaultException("balance is missing");
        }
        if (!Symbols.valid(symbol)) {
            throw new RowFaultException("symbols contains \"" + symbol + "\", must be " + Symbols.RULE);
        }
        long updated = row.millis("updateTime") * 1_000L;
        latest.emit(
                new InsurancePool(
                        topic.name().instrument(symbol),
                        updated > 0 && updated <= times.micros() ? updated : times.micros(),
                        row.needed("coin"),
                        balance,
                        sharedBy,
                        times.receivedAt(),
                        times.synthetic()),
                balance);
    }
}
