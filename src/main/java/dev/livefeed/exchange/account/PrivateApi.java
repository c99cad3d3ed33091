package dev.livefeed.exchange.account;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarkets;

/** The private part of the exchange: API keys, account, private stream and signed REST requests. */
public final class PrivateApi {

    private final ApiKeys keys;
    private final PrivateStream stream;
    private final PrivateRest rest;
    private final ExchangeAccount account;

    public PrivateApi(SimulatedMarkets markets, ApiKeys keys, long seed) {
        account = new ExchangeAccount(markets.market(ProductCategory.LINEAR, "BTCUSDT"), seed);
        this.keys = keys;
        stream = new PrivateStream(keys, account);
        rest = new PrivateRest(keys, account);
    }

    public PrivateStream stream() {
        return stream;
    }

    public PrivateRest rest() {
        return rest;
    }

    /**
     * Revokes the keys: authenticated clients are disconnected, and every key is rejected from now on.
     *
     * @param code venue's error code, such as 33004
     * @param sendCodes whether the stream also sends the code, which the venue does not document
     */
    public void revoke(int code, boolean sendCodes) {
        keys.revoke(ApiKeys.KeyCheck.refusal(code)
                .orElseThrow(() -> new IllegalArgumentException(
                        "refuse is " + code + ", must be an error code of API keys such as 33004")));
        stream.disconnectAuthenticated(sendCodes);
    }

    /** Makes a row of the account that is no trade; sent with the next rows. */
    public void book(BookedRow row) {
        account.book(row);
    }

    /** Ends {@link #revoke}. */
    public void restoreKeys() {
        keys.revoke(null);
    }
}
