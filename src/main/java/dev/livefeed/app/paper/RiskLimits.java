package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/**
 * Checks an order against the limits of order value, exposure and open orders, against a halt and a pause, and refuses
 * short sales on spot.
 */
final class RiskLimits {

    private final PaperSettings settings;
    private final PaperAccount account;

    RiskLimits(PaperSettings settings, PaperAccount account) {
        this.settings = settings;
        this.account = account;
    }

    /**
     * Returns why the order is refused, or null.
     *
     * @param reference the price at which the order is valued
     */
    String fault(OrderRequest request, BigDecimal reference) {
        String category = request.instrument().category();
        if (!"linear".equals(category) && !"spot".equals(category)) {
            return "paper trading supports linear and spot; the category is " + category;
        }
        boolean manual = request.strategy().equals(OrderRequest.MANUAL);
        if (account.paused() != null && !manual) {
            return "strategies are paused: " + account.paused();
        }
        boolean reduces = reduces(request);
        if (account.halted() != null && !reduces) {
            return "trading is halted: " + account.halted() + "; only orders that reduce a position are accepted";
        }
        if (account.openCount() >= settings.limits().openOrders()) {
            return settings.limits().openOrders() + " orders are open, the maximum; cancel some";
        }
        if (!account.hasRoomFor(request.strategy(), request.instrument())) {
            return PaperAccount.MAX_POSITIONS + " positions of strategies and symbols are kept, the maximum";
        }
        if (category.equals("spot") && request.side() == Side.SELL && !reduces) {
            return "spot: no more can be sold than is held and not yet offered";
        }
        BigDecimal value = request.qty().multiply(reference);
        if (reduces) {
            return null;
        }
        if (value.compareTo(settings.limits().order()) > 0) {
            return "the order is worth " + plain(value) + ", more than the limit of one order, "
                    + plain(settings.limits().order());
        }
        BigDecimal exposure = exposure().add(value);
        if (exposure.compareTo(settings.limits().exposure()) > 0) {
            return "positions and open orders would be worth " + plain(exposure) + ", more than the limit, "
                    + plain(settings.limits().exposure());
        }
        return null;
    }

    /** Whether a market order closes the whole position; the exchange accepts that whatever its quantity. */
    boolean closesPosition(OrderRequest request) {
        PaperPosition position = account.position(request.strategy(), request.instrument());
        boolean against = request.side() == Side.SELL ? position.isLong() : position.isShort();
        return against
                && request.type() == OrderType.MARKET
                && request.qty().compareTo(position.qty().abs()) == 0;
    }

    /** Whether the order, together with the open orders on its side, can only reduce the position. */
    private boolean reduces(OrderRequest request) {
        PaperPosition position = account.position(request.strategy(), request.instrument());
        boolean against = request.side() == Side.SELL ? position.isLong() : position.isShort();
        if (!against) {
            return false;
        }
        BigDecimal offered = request.qty();
        for (PaperOrder order : account.open()) {
            if (order.side() == request.side()
                    && order.strategy().equals(request.strategy())
                    && order.instrument().equals(request.instrument())) {
                offered = offered.add(order.remaining());
            }
        }
        return offered.compareTo(position.qty().abs()) <= 0;
    }

    /** Value of all positions at the last prices plus all open orders at their own prices. */
    BigDecimal exposure() {
        BigDecimal sum = BigDecimal.ZERO;
        for (PaperPosition position : account.positions()) {
            if (!position.isFlat()) {
                sum = sum.add(position.qty().abs().multiply(account.markOf(position.instrument())));
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

    /** Returns why trading must be halted, or null. */
    String loss() {
        if (account.dayEquity() == null || account.halted() != null) {
            return null;
        }
        BigDecimal lost = account.dayEquity().subtract(account.equity());
        return lost.compareTo(settings.limits().dailyLoss()) < 0
                ? null
                : "the loss of " + account.day() + " is " + plain(lost) + ", the limit is "
                        + plain(settings.limits().dailyLoss());
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
