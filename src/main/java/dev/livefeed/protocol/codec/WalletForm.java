package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Wallet;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The line of a {@link Wallet}. */
final class WalletForm extends EventForm<Wallet> {

    private final Field<Wallet, String> accountType = required("account_type", AccountRules.WORD, Wallet::accountType);
    private final Field<Wallet, BigDecimal> totalEquity =
            optional("total_equity", FieldRules.FIGURE, Wallet::totalEquity);
    private final Field<Wallet, BigDecimal> totalWalletBalance =
            optional("total_wallet_balance", FieldRules.FIGURE, Wallet::totalWalletBalance);
    private final Field<Wallet, BigDecimal> totalMarginBalance =
            optional("total_margin_balance", FieldRules.FIGURE, Wallet::totalMarginBalance);
    private final Field<Wallet, BigDecimal> totalAvailableBalance =
            optional("total_available_balance", FieldRules.FIGURE, Wallet::totalAvailableBalance);
    private final Field<Wallet, BigDecimal> totalUnrealisedPnl =
            optional("total_unrealised_pnl", FieldRules.FIGURE, Wallet::totalUnrealisedPnl);
    private final Field<Wallet, BigDecimal> totalInitialMargin =
            optional("total_initial_margin", FieldRules.FIGURE, Wallet::totalInitialMargin);
    private final Field<Wallet, BigDecimal> totalMaintenanceMargin =
            optional("total_maintenance_margin", FieldRules.FIGURE, Wallet::totalMaintenanceMargin);
    private final Field<Wallet, List<Wallet.Coin>> coins = required("coins", new CoinsRule(), Wallet::coins);
    private final Field<Wallet, Map<String, Object>> raw = optional("raw", AccountRules.RAW, AccountRules::rest);

    WalletForm() {
        super(Wallet.TYPE, Wallet.class);
    }

    @Override
    boolean aboutOneSymbol() {
        return false;
    }

    @Override
    Wallet event(FieldValues line) {
        return new Wallet(
                line.timestamp(),
                line.get(accountType),
                line.get(totalEquity),
                line.get(totalWalletBalance),
                line.get(totalMarginBalance),
                line.get(totalAvailableBalance),
                line.get(totalUnrealisedPnl),
                line.get(totalInitialMargin),
                line.get(totalMaintenanceMargin),
                line.get(coins),
                line.get(raw, Map.of()),
                line.receivedAt(),
                line.synthetic());
    }
}
