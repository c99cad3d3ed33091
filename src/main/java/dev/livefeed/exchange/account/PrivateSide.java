package dev.livefeed.exchange.account;

import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.venue.Venue;

/** Puts the account, its keys, its stream and its REST side together. */
public final class PrivateSide {

    private final PrivateDesk desk;
    private final PrivateRest rest;

    public PrivateSide(Venue venue, ApiKeys keys, long seed) {
        Account account = new Account(venue.market(Category.LINEAR, "BTCUSDT"), seed);
        desk = new PrivateDesk(keys, account);
        rest = new PrivateRest(keys, account);
    }

    public PrivateDesk desk() {
        return desk;
    }

    public PrivateRest rest() {
        return rest;
    }
}
