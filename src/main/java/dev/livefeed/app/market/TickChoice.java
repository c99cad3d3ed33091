package dev.livefeed.app.market;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.app.market.profile.Profile;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The tick size of a symbol's profile, which the exchange may name when trades have come already. Until it does, the
 * day's first trades are kept, so that the profile can be made anew in the right bins; what cannot be made right
 * today is right from the next day on. Guarded by its {@link SymbolMarket}.
 */
final class TickChoice {

    /** Trades kept while the answer is awaited. */
    static final int MAX_KEPT = 1_000;

    private BigDecimal size;
    private boolean fromExchange;
    private boolean awaited;
    /** All trades of today's profile, or null where they are not kept. */
    private List<Trade> kept;

    TickChoice(BigDecimal size, boolean awaited) {
        this.size = size;
        this.awaited = awaited;
        this.kept = awaited ? new ArrayList<>() : null;
    }

    /** The size for a profile that begins now. */
    BigDecimal size() {
        return size;
    }

    /** Whether the exchange named it. */
    boolean fromExchange() {
        return fromExchange;
    }

    void dayBegins() {
        kept = awaited ? new ArrayList<>() : null;
    }

    /** A trade has gone into today's profile. */
    void counted(Trade trade) {
        if (kept == null) {
            return;
        }
        if (kept.size() == MAX_KEPT) {
            kept = null;
        } else {
            kept.add(trade);
        }
    }

    /** Something else than a trade has gone into today's profile. */
    void filled() {
        kept = null;
    }

    void restored(BigDecimal sizeOfToday) {
        kept = null;
        if (!fromExchange) {
            size = sizeOfToday;
        }
    }

    void known(BigDecimal exchangeSize) {
        size = exchangeSize;
        fromExchange = true;
        awaited = false;
    }

    void unknown() {
        awaited = false;
        kept = null;
    }

    /** Today's profile in bins of the size, or the same one where that cannot be. */
    Profile applied(Profile profile, int maxBins) {
        List<Trade> trades = kept;
        kept = null;
        if (profile.tickSize().compareTo(size) == 0) {
            return profile;
        }
        if (trades == null) {
            Profile coarser = profile.coarser(size);
            return coarser == null ? profile : coarser;
        }
        Profile anew = new Profile(size, maxBins);
        Decimal price = new Decimal();
        Decimal qty = new Decimal();
        Amount amount = new Amount();
        for (Trade trade : trades) {
            amount.set(qty.set(trade.qty(), "size"));
            anew.add(price.set(trade.price(), "price"), amount, trade.side());
        }
        return anew;
    }
}
