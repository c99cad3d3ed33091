package dev.livefeed.app.market;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.app.market.profile.Profile;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The tick size of a symbol's profile. The exchange may report it after the first trades; until then the day's first
 * trades are kept, so that the profile can be rebuilt with the right bins. If that is not possible, the new size
 * applies from the next day. Guarded by its {@link SymbolMarket}.
 */
final class ProfileTickSize {

    /** Maximum number of trades kept while the tick size is awaited. */
    static final int MAX_KEPT = 1_000;

    private BigDecimal size;
    private boolean fromExchange;
    private boolean awaited;
    /** All trades of today's profile, or null if they are not kept. */
    private List<Trade> kept;

    ProfileTickSize(BigDecimal size, boolean awaited) {
        this.size = size;
        this.awaited = awaited;
        this.kept = awaited ? new ArrayList<>() : null;
    }

    /** The size for a new profile. */
    BigDecimal size() {
        return size;
    }

    /** Whether the size was reported by the exchange. */
    boolean fromExchange() {
        return fromExchange;
    }

    void startDay() {
        kept = awaited ? new ArrayList<>() : null;
    }

    /** A trade was added to today's profile. */
    void add(Trade trade) {
        if (kept == null) {
            return;
        }
        if (kept.size() == MAX_KEPT) {
            kept = null;
        } else {
            kept.add(trade);
        }
    }

    /** Something other than a trade was added to today's profile. */
    void profileFilled() {
        kept = null;
    }

    void restored(BigDecimal sizeOfToday) {
        kept = null;
        if (!fromExchange) {
            size = sizeOfToday;
        }
    }

    void setExchangeSize(BigDecimal exchangeSize) {
        size = exchangeSize;
        fromExchange = true;
        awaited = false;
    }

    void setUnavailable() {
        awaited = false;
        kept = null;
    }

    /** Returns today's profile with bins of this size, or the same profile if it cannot be converted. */
    Profile apply(Profile profile, int maxBins) {
        List<Trade> trades = kept;
        kept = null;
        if (profile.tickSize().compareTo(size) == 0) {
            return profile;
        }
        if (trades == null) {
            Profile coarser = profile.coarser(size);
            return coarser == null ? profile : coarser;
        }
        Profile rebuilt = new Profile(size, maxBins);
        Decimal price = new Decimal();
        Decimal qty = new Decimal();
        Amount amount = new Amount();
        for (Trade trade : trades) {
            amount.set(qty.set(trade.qty(), "size"));
            rebuilt.add(price.set(trade.price(), "price"), amount, trade.side());
        }
        return rebuilt;
    }
}
