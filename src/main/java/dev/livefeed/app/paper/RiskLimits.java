package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/** Says which orders may not be: size, exposure, number, and what a halt or a spot market forbids. */
final class RiskLimits {

    private final PaperSettings settings;
    private final PaperAccount account;

    RiskLimits(PaperSettings settings, PaperAccount account) {
        this.settings = settings;
        this.account = account;
    }

    /**
     * Why the order is refused, or null.
     *
     * @param reference the price it is valued at
     */
    String fault(OrderRequest request, BigDecimal reference) {
        if (!settings.category().equals("linear") && !settings.category().equals("spot")) {
            return "paper trading knows linear and spot; the category is " + settings.category();
        }
        boolean manual = request.strategy().equals(OrderRequest.MANUAL);
        if (account.paused() != null && !manual) {
            return "strategies are paused: " + account.paused();
        }
        boolean reduces = reduces(request);
        if (account.halted() != null && !reduces) {
            return "trading is halted: " + account.halted() + "; only orders that reduce a position are taken";
        }
        if (account.openCount() >= settings.openOrders()) {
            return settings.openOrders() + " orders are open, which is the most; cancel some";
        }
        if (!account.room(request.strategy(), request.symbol())) {
            return PaperAccount.MAX_POSITIONS + " positions of strategies and symbols are kept, which is the most";
        }
        if (settings.category().equals("spot") && request.side() == Side.SELL && !reduces) {
            return "spot: no more can be sold than is held and not offered yet";
        }
        BigDecimal value = request.qty().multiply(reference);
        if (reduces) {
            return null;
        }
        if (value.compareTo(settings.orderLimit()) > 0) {
            return "the order is worth " + plain(value) + ", more than the limit of one order, "
                    + plain(settings.orderLimit());
        }
        BigDecimal exposure = exposure().add(value);
        if (exposure.compareTo(settings.exposureLimit()) > 0) {
            return "positions and open orders would be worth " + plain(exposure) + ", more than the limit, "
                    + plain(settings.exposureLimit());
        }
        return null;
    }

    /** Whether the order is for all that is held: the exchange takes that whatever its size. */
    boolean closes(OrderRequest request) {
        PaperPosition position = account.position(request.strategy(), request.symbol());
        boolean against = request.side() == Side.SELL ? position.isLong() : position.isShort();
        return against
                && request.type() == OrderType.MARKET
                && request.qty().compareTo(position.qty().abs()) == 0;
    }

    /** Whether the order, and those open on its side before it, can only make the position smaller. */
    private boolean reduces(OrderRequest request) {
        PaperPosition position = account.position(request.strategy(), request.symbol());
        boolean against = request.side() == Side.SELL ? position.isLong() : position.isShort();
        if (!against) {
            return false;
        }
        BigDecimal offered = request.qty();
        for (PaperOrder order : account.open()) {
            if (order.side() == request.side()
                    && order.strategy().equals(request.strategy())
                    && order.symbol().equals(request.symbol())) {
                offered = offered.add(order.remaining());
            }
        }
        return offered.compareTo(position.qty().abs()) <= 0;
    }

    /** Value of all positions at the last prices and of all open orders at theirs. */
    BigDecimal exposure() {
        BigDecimal sum = BigDecimal.ZERO;
        for (PaperPosition position : account.positions()) {
            if (!position.isFlat()) {
                sum = sum.add(position.qty().abs().multiply(account.markOf(position.symbol())));
            }
        }
        for (PaperOrder order : account.open()) {
            BigDecimal price = order.price() == null ? order.stopPrice() : order.price();
            if (price != null) {
                sum = sum.add(order.remaining().multiply(price));
            }
        }
        return sum;
    }

    /** Why trading has to stop, or null. */
    String loss() {
        if (account.dayEquity() == null || account.halted() != null) {
            return null;
        }
        BigDecimal lost = account.dayEquity().subtract(account.equity());
        return lost.compareTo(settings.lossLimit()) < 0
                ? null
                : "the loss of " + account.day() + " is " + plain(lost) + ", the limit is "
                        + plain(settings.lossLimit());
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
