package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.naming.ClosestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The instruments that the venue lists, used to refuse unknown symbols before they are subscribed.
 *
 * <p>A category is listed when its first symbol is subscribed, and then every hour. If an instrument list is not
 * available within the configured time, the symbol is subscribed without the check. A symbol that is not listed is
 * looked up by itself, because the instrument lists do not have instruments that have ended.
 */
public final class InstrumentDirectory {

    /** An older instrument list does not refuse a symbol, which may be new. */
    private static final long YOUNG = 60_000_000_000L;

    private static final int MAX_LISTS = 200;
    private static final int MAX_TYPOS = 3;

    private final VenueContext context;
    private final ListingSource source;
    private final Consumer<VenueCategory> changed;
    private final SymbolLookup lookup;
    private Consumer<InstrumentList> listener = list -> {};
    private SymbolLookup.Listener lookupListener = (category, symbol) -> {};
    private final Map<String, InstrumentList> lists = new LinkedHashMap<>();

    /** @param changed called when a listing was read or has failed */
    public InstrumentDirectory(VenueContext context, ListingSource source, Consumer<VenueCategory> changed) {
        this.context = context;
        this.source = source;
        this.changed = changed;
        this.lookup = new SymbolLookup(context, source, this::lookedUp);
    }

    /** Sets the listener that is called after a single symbol was looked up. */
    void onLookedUp(SymbolLookup.Listener newListener) {
        lookupListener = newListener;
    }

    private void lookedUp(VenueCategory category, String symbol) {
        lookupListener.lookedUp(category, symbol);
        changed.accept(category);
    }

    /** Sets the listener that receives each list after it was read or has failed. */
    void onListed(Consumer<InstrumentList> newListener) {
        listener = newListener;
    }

    private void listed(InstrumentList list) {
        changed.accept(list.category());
        listener.accept(list);
    }

    /** Whether a subscription should wait for the listing; requests one if necessary. */
    boolean awaited(VenueCategory category, String symbol) {
        InstrumentList list = list(category, symbol);
        if (list == null || knows(list, category, symbol)) {
            return false;
        }
        long wait = context.limits().instruments().firstWait().toNanos();
        list.tick();
        if (!list.askedSince(wait) && list.completeSince(Long.MAX_VALUE) && !list.completeSince(YOUNG)) {
            list.renew();
        }
        if (list.askedSince(wait)) {
            return true;
        }
        if (!list.completeSince(YOUNG) || category.standsForGroup(symbol)) {
            return false;
        }
        lookup.request(category, symbol);
        return lookup.askingSince(category, symbol, wait);
    }

    /** Looks up a symbol that the listing does not have, unless that was done recently. */
    void lookUp(VenueCategory category, String symbol) {
        if (!category.standsForGroup(symbol)) {
            lookup.request(category, symbol);
        }
    }

    /** Whether the symbol is being looked up. */
    boolean lookingUp(VenueCategory category, String symbol) {
        return lookup.asking(category, symbol);
    }

    /** Why the venue would refuse the symbol; null if it is listed or nothing is known. */
    public String unknown(VenueCategory category, String symbol) {
        InstrumentList list = list(category, symbol);
        if (list == null || knows(list, category, symbol) || !list.completeSince(YOUNG)) {
            return null;
        }
        if (category.standsForGroup(symbol)) {
            return category + " has no contract of the base coin " + symbol;
        }
        return category + " has no instrument " + symbol + hint(list, symbol);
    }

    /** The listed name that a refused symbol resembles, to be added to the refusal; empty if it is listed. */
    public String hint(VenueCategory category, String symbol) {
        InstrumentList list = list(category, symbol);
        return list == null || knows(list, category, symbol) || category.standsForGroup(symbol)
                ? ""
                : hint(list, symbol);
    }

    private static String hint(InstrumentList list, String symbol) {
        String near = ClosestName.of(symbol, list.symbols(), MAX_TYPOS);
        return near == null ? "" : "; did you mean " + near + "?";
    }

    /** The instruments of a group that are listed as trading, sorted; the symbol stands for the group. */
    public List<String> trading(VenueCategory category, String groupSymbol) {
        InstrumentList list = list(category, groupSymbol);
        List<String> contracts = new ArrayList<>();
        if (list != null) {
            list.symbols().forEach(symbol -> {
                if (list.of(symbol).trading()) {
                    contracts.add(symbol);
                }
            });
        }
        contracts.sort(null);
        return contracts;
    }

    /** The listed instrument, or null. */
    ListedInstrument of(VenueCategory category, String symbol) {
        InstrumentList list = list(category, symbol);
        ListedInstrument row = list == null ? null : list.of(symbol);
        return row != null ? row : lookup.found(category, symbol);
    }

    /** Whether a complete listing does not contain the symbol any more. */
    boolean gone(VenueCategory category, String symbol) {
        InstrumentList list = list(category, symbol);
        return list != null && list.completeSince(Long.MAX_VALUE) && of(category, symbol) == null;
    }

    public void tick() {
        lists.values().forEach(InstrumentList::tick);
    }

    private boolean knows(InstrumentList list, VenueCategory category, String symbol) {
        return category.standsForGroup(symbol) ? !list.isEmpty() : of(category, symbol) != null;
    }

    /** Returns null if there is no REST interface. */
    InstrumentList list(VenueCategory category, String symbol) {
        if (!context.rest().available()) {
            return null;
        }
        String group = category.listedWith(symbol);
        String key = group == null ? category.text() : category.text() + ' ' + group;
        InstrumentList list = lists.get(key);
        if (list == null && lists.size() < MAX_LISTS) {
            list = new InstrumentList(context, category, group, source, this::listed);
            lists.put(key, list);
        }
        return list;
    }
}
