package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The current balances of the account. Totals are in US dollars.
 *
 * @param timestampMicros exchange time, microseconds since 1970
 * @param accountType such as {@code unified}
 * @param totalEquity total equity, or null like all totals
 * @param totalWalletBalance excludes unrealised profit and loss
 * @param totalMarginBalance the balance used for margin
 * @param totalAvailableBalance available for new orders
 * @param totalUnrealisedPnl of perpetuals
 * @param totalInitialMargin used by orders and positions
 * @param totalMaintenanceMargin positions are liquidated below it
 * @param coins the reported coins; others are unchanged
 * @param raw further fields of the exchange, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
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
     * The balance of one coin.
     *
     * @param coin name of the coin, such as {@code USDT}
     * @param walletBalance excludes unrealised profit and loss
     * @param equity equity, or null like all that follow
     * @param usdValue value in US dollars
     * @param locked by open spot orders
     * @param borrowed borrowed amount
     * @param unrealisedPnl of positions settled in it
     * @param realisedPnl realised so far, of positions settled in it
     * @param raw further fields of the exchange
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

    /** Always null. */
    @Override
    public String symbol() {
        return null;
    }

    /** Always null. */
    @Override
    public String category() {
        return null;
    }
}
