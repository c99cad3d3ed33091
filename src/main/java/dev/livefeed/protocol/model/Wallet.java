package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What the account holds now. The totals are in US dollars.
 *
 * @param timestampMicros exchange time, microseconds since 1970
 * @param accountType such as {@code unified}
 * @param totalEquity or null, as all totals
 * @param totalWalletBalance without unrealised profit and loss
 * @param totalMarginBalance what margin is measured by
 * @param totalAvailableBalance what new orders may use
 * @param totalUnrealisedPnl of perpetuals
 * @param totalInitialMargin bound by orders and positions
 * @param totalMaintenanceMargin below it positions are liquidated
 * @param coins those that the exchange names; others are unchanged
 * @param raw whatever else the exchange said of it, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 */
public record Wallet(
        long timestampMicros,
        String accountType,
        BigDecimal totalEquity,
        BigDecimal totalWalletBalance,
        BigDecimal totalMarginBalance,
        BigDecimal totalAvailableBalance,
        BigDecimal totalUnrealisedPnl,
        BigDecimal totalInitialMargin,
        BigDecimal totalMaintenanceMargin,
        List<Coin> coins,
        Map<String, Object> raw,
        long receivedAt,
        boolean synthetic)
        implements AccountEvent {

    public static final String TYPE = "wallet";

    /**
     * What the account holds of one coin.
     *
     * @param coin its name, such as {@code USDT}
     * @param walletBalance without unrealised profit and loss
     * @param equity or null, as all that follow
     * @param usdValue in US dollars
     * @param locked by open spot orders
     * @param borrowed owed
     * @param unrealisedPnl of positions settled in it
     * @param realisedPnl of such positions so far
     * @param raw whatever else the exchange said of it
     */
    public record Coin(
            String coin,
            BigDecimal walletBalance,
            BigDecimal equity,
            BigDecimal usdValue,
            BigDecimal locked,
            BigDecimal borrowed,
            BigDecimal unrealisedPnl,
            BigDecimal realisedPnl,
            Map<String, Object> raw) {}

    @Override
    public String type() {
        return TYPE;
    }

    /** Null: it is about no instrument. */
    @Override
    public String symbol() {
        return null;
    }

    /** Null: it is about all of them. */
    @Override
    public String category() {
        return null;
    }
}
