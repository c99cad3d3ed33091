package dev.livefeed.exchange.account;

import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.Venue;

/** Puts the account, its keys, its stream and its REST side together. */
public final class PrivateSide {

    private final ApiKeys keys;
    private final PrivateStream desk;
    private final PrivateRest rest;

    public PrivateSide(Venue venue, ApiKeys keys, long seed) {
        ExchangeAccount account = new ExchangeAccount(venue.market(ProductCategory.LINEAR, "BTCUSDT"), seed);
        this.keys = keys;
        desk = new PrivateStream(keys, account);
        rest = new PrivateRest(keys, account);
    }

    public PrivateStream desk() {
        return desk;
    }

    public PrivateRest rest() {
        return rest;
    }

    /**
     * The keys are taken back: whoever is in is thrown out, and every key is refused from now on.
     *
     * @param code such as 33004
     * @param coded whether the stream tells the code beside its text, of which nothing is documented
     */
    public void revoke(int code, boolean coded) {
        keys.revoke(ApiKeys.Verdict.refusal(code)
                .orElseThrow(() -> new IllegalArgumentException("no refusal has the code " + code)));
        desk.throwOut(coded);
    }

    /** Keys are good and bad again as they were at first. */
    public void restoreKeys() {
        keys.revoke(null);
    }
}
