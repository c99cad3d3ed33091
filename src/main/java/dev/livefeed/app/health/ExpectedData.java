package dev.livefeed.app.health;

import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which wanted channels can have data: not those of instruments that are not trading or have ended. */
public final class ExpectedData {

    private final Subscriptions subscriptions;
    private final Market market;

    public ExpectedData(Subscriptions subscriptions, Market market) {
        this.subscriptions = subscriptions;
        this.market = market;
    }

    /** The wanted channels that can have data. Only these are a condition of readiness. */
    List<Subscription> wanted() {
        return subscriptions.all().stream().filter(this::expected).toList();
    }

    /** Why wanted instruments have no data, if that is not a fault; one line for each. */
    List<String> alarms() {
        Map<InstrumentId, String> ended = new LinkedHashMap<>();
        for (Subscription s : subscriptions.all()) {
            if (s.state() == Subscription.State.ENDED) {
                ended.put(s.instrument(), s.reason());
            }
        }
        List<String> alarms = new ArrayList<>();
        ended.forEach((instrument, reason) ->
                alarms.add(market.name(instrument) + " has ended and is unsubscribed: " + reason));
        for (InstrumentId instrument : market.listed()) {
            ListingState listing = market.listing(instrument);
            String warning = listing == null || ended.containsKey(instrument) ? null : listing.warning();
            if (warning != null) {
                alarms.add(market.name(instrument) + ' ' + warning);
            }
        }
        return alarms;
    }

    /**
     * The instruments whose books a wanted one stands for, as far as they are trading. A contract of a base coin counts
     * from its first book on: its trades come before the connector has seen it in a listing.
     */
    List<InstrumentId> withBook(InstrumentId wanted) {
        return market.coveredBy(wanted).stream()
                .filter(instrument -> trading(market.listing(instrument)))
                .filter(instrument -> instrument.equals(wanted) || market.book(instrument, 0) != null)
                .toList();
    }

    private static boolean trading(ListingState listing) {
        return listing == null || listing.trading();
    }

    private boolean expected(Subscription s) {
        return s.state() != Subscription.State.ENDED && trading(market.listing(s.instrument()));
    }
}
