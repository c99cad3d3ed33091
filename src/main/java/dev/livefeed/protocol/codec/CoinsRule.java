package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.model.Wallet;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The coins of a wallet: a list of objects with at least a name and a balance. */
final class CoinsRule implements FieldRule<List<Wallet.Coin>> {

    private static final String RULE = "a list of objects with coin and wallet_balance";

    /** In the order of writing; the first one is required. */
    private static final List<String> FIGURES =
            List.of("wallet_balance", "equity", "usd_value", "locked", "borrowed", "unrealised_pnl", "realised_pnl");

    @Override
    public List<Wallet.Coin> read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
            throws IOException, InvalidEventException {
        if (value != JsonToken.START_ARRAY) {
            throw FieldRules.broken(p, value, name, RULE);
        }
        List<Wallet.Coin> coins = new ArrayList<>();
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            if (token != JsonToken.START_OBJECT) {
                throw FieldRules.broken(p, token, "a coin in " + name, RULE);
            }
            coins.add(coin(p, name, tools));
        }
        return List.copyOf(coins);
    }

    private static Wallet.Coin coin(JsonParser p, String list, FieldRule.Tools tools)
            throws IOException, InvalidEventException {
        String coin = null;
        Map<String, Object> raw = Map.of();
        BigDecimal[] figures = new BigDecimal[FIGURES.size()];
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            JsonToken value = p.nextToken();
            int figure = FIGURES.indexOf(field);
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            if (figure >= 0) {
                figures[figure] = FieldRules.FIGURE.read(p, value, field + " in " + list, tools);
            } else if (field.equals("coin")) {
                coin = AccountRules.COIN.read(p, value, field + " in " + list, tools);
            } else if (field.equals("raw")) {
                raw = AccountRules.RAW.read(p, value, field + " in " + list, tools);
            } else {
                p.skipChildren();
            }
        }
        if (coin == null || figures[0] == null) {
            throw new InvalidEventException(
                    InvalidReason.MISSING_FIELD, (coin == null ? "coin" : FIGURES.get(0)) + " is missing in " + list);
        }
        return new Wallet.Coin(
                coin, figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6], raw);
    }

    @Override
    public void write(JsonBuffer out, List<Wallet.Coin> coins) {
        out.raw('[');
        for (int i = 0; i < coins.size(); i++) {
            Wallet.Coin coin = coins.get(i);
            out.ascii(i == 0 ? "{\"coin\":" : ",{\"coin\":").string(coin.coin());
            List<BigDecimal> figures = Arrays.asList(
                    coin.walletBalance(),
                    coin.equity(),
                    coin.usdValue(),
                    coin.locked(),
                    coin.borrowed(),
                    coin.unrealisedPnl(),
                    coin.realisedPnl());
            for (int f = 0; f < figures.size(); f++) {
                if (figures.get(f) != null) {
                    out.ascii(",\"").ascii(FIGURES.get(f)).ascii("\":").decimal(figures.get(f));
                }
            }
            if (!coin.raw().isEmpty()) {
                out.ascii(",\"raw\":");
                AccountRules.RAW.write(out, coin.raw());
            }
            out.raw('}');
        }
        out.raw(']');
    }
}
