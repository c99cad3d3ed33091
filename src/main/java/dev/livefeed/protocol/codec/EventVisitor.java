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
 * A case for each kind of event. Cases that are not overridden go to {@link #other}. Only {@link #visit} dispatches by
 * type.
 */
public interface EventVisitor<R> {

    /** An event without a case of its own. */
    R other(Event event);

    default R trade(Trade trade) {
        return other(trade);
    }

    default R depth(Depth depth) {
        return other(depth);
    }

    /** A ticker, a kline, a liquidation or a book with RPI orders. */
    default R market(MarketEvent event) {
        return other(event);
    }

    /** A figure about risk; like any market event unless overridden. */
    default R risk(RiskEvent event) {
        return market(event);
    }

    default R account(AccountEvent event) {
        return other(event);
    }

    default R status(Status status) {
        return other(status);
    }

    default R failure(Failure failure) {
        return other(failure);
    }

    default R history(HistoryEvent event) {
        return other(event);
    }

    default R unknown(Unknown event) {
        return other(event);
    }

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
