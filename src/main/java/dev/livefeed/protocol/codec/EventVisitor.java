package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.RiskEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;

/**
 * A case for each kind of event: what is added here does not compile until every visitor has decided about it. Only
 * {@link #visit} dispatches by type.
 */
public interface EventVisitor<R> {

    R trade(Trade trade);

    R depth(Depth depth);

    /** A ticker, a kline, a liquidation or a book with RPI orders. */
    R market(MarketEvent event);

    /** A figure about risk, which is a market event too, and handled as one unless overridden. */
    default R risk(RiskEvent event) {
        return market(event);
    }

    R account(AccountEvent event);

    R status(Status status);

    R failure(Failure failure);

    R history(HistoryEvent event);

    R unknown(Unknown event);

    /** The most frequent kinds come first: a trade or a depth event costs one or two comparisons of its class. */
    default R visit(Event event) {
        if (event instanceof Trade trade) {
            return trade(trade);
        }
        if (event instanceof Depth depth) {
            return depth(depth);
        }
        if (event instanceof RiskEvent risk) {
            return risk(risk);
        }
        if (event instanceof MarketEvent market) {
            return market(market);
        }
        if (event instanceof AccountEvent account) {
            return account(account);
        }
        if (event instanceof Status status) {
            return status(status);
        }
        if (event instanceof Failure failure) {
            return failure(failure);
        }
        if (event instanceof HistoryEvent history) {
            return history(history);
        }
        if (event instanceof Unknown unknown) {
            return unknown(unknown);
        }
        throw new IllegalArgumentException(event.getClass() + " has no case in EventVisitor");
    }
}
