package dev.livefeed.protocol.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The configured instruments, and the identity of an event's instrument: one object for each. They may be of several
 * venues; then the first is that of whatever names none. Thread-safe.
 */
public final class Instruments {

    /**
     * Nothing is configured: neither a venue nor a category is added to what a line says, and every instrument is
     * wanted.
     */
    public static final Instruments NONE = new Instruments(null, null, List.of());

    private static final int MAX_INTERNED = 10_000;

    private final String venue;
    private final String category;
    /** Those of one venue; empty if there are several. */
    private volatile List<InstrumentId> configured;

    /** What a line without a symbol means; null if that is not known. */
    private volatile InstrumentId only;

    private volatile int changes;

    private final Map<InstrumentId, InstrumentId> interned = new ConcurrentHashMap<>();
    /** Those of each venue if there are several; else empty. */
    private final Map<String, Instruments> byVenue;
    /** Whether instruments that are not configured are wanted too. */
    private final boolean open;

    /**
     * @param venue of all events, null if it is not known
     * @param category of events that name none, null if it is not known
     * @param configured in the order given
     */
    public Instruments(String venue, String category, List<InstrumentId> configured) {
        this(venue, category, configured, Map.of(), true);
    }

    private Instruments(
            String venue,
            String category,
            List<InstrumentId> configured,
            Map<String, Instruments> byVenue,
            boolean open) {
        this.byVenue = byVenue;
        this.venue = venue;
        this.category = category;
        this.configured = List.copyOf(configured);
        this.only = configured.size() == 1 ? configured.get(0) : null;
        this.open = open;
        this.configured.forEach(id -> interned.put(id, id));
    }

    /** Instruments that are known by their texts only. */
    public static Instruments named(List<String> texts) {
        return new Instruments(
                null,
                null,
                texts.stream()
                        .map(text -> InstrumentId.parse(text).orElseThrow())
                        .toList());
    }

    /**
     * Those of several venues together.
     *
     * @param all each with a venue of its own, at least one
     */
    public static Instruments together(List<Instruments> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        Map<String, Instruments> byVenue = new LinkedHashMap<>();
        all.forEach(one -> byVenue.put(one.venue, one));
        return new Instruments(
                all.get(0).venue,
                all.get(0).category,
                List.of(),
                Collections.unmodifiableMap(byVenue),
                all.stream().allMatch(one -> one.open));
    }

    /** The same, and no others are wanted: {@link #wants} is true for these and the contracts of their base coins. */
    public Instruments closed() {
        return new Instruments(venue, category, configured, byVenue, false);
    }

    /** The same, and all others are wanted too. */
    public Instruments open() {
        return new Instruments(venue, category, configured, byVenue, true);
    }

    /** Whether events of the instrument are wanted: it is configured, or a contract of a configured base coin. */
    public boolean wants(InstrumentId id) {
        if (severalVenues()) {
            return at(id.venue()).wants(id);
        }
        if (open) {
            return true;
        }
        for (InstrumentId one : configured) {
            if (one.equals(id) || one.covers(id)) {
                return true;
            }
        }
        return false;
    }

    /** A number that changes with what is wanted; at first 0. */
    public int changes() {
        if (!severalVenues()) {
            return changes;
        }
        int sum = 0;
        for (Instruments one : byVenue.values()) {
            sum += one.changes;
        }
        return sum;
    }

    /**
     * The instrument of an event if it is wanted, else null. One that is not wanted is not kept.
     *
     * @param named category of the line, or null
     */
    public InstrumentId wanted(String symbol, String named) {
        if (severalVenues()) {
            return at(venue).wanted(symbol, named);
        }
        return open || wants(identity(symbol, named)) ? of(symbol, named) : null;
    }

    /** The venue of all events, or the first of several; null if it is not known. */
    public String venue() {
        return venue;
    }

    /** Whether there are several venues, so that a symbol and its category do not tell the instrument. */
    public boolean severalVenues() {
        return !byVenue.isEmpty();
    }

    /** Those of a venue; these ones if there are no others, or if it is null. */
    public Instruments at(String named) {
        return severalVenues() ? byVenue.getOrDefault(named == null ? venue : named, byVenue.get(venue)) : this;
    }

    /** The instrument of an event that is about one. */
    public InstrumentId of(Event event) {
        return at(event.venue()).of(event.symbol(), event.category());
    }

    /** Those of the settings in the order given, with the changes since. */
    public List<InstrumentId> configured() {
        return severalVenues()
                ? byVenue.values().stream()
                        .flatMap(one -> one.configured.stream())
                        .toList()
                : configured;
    }

    /**
     * Adds one while the program runs. What a line without a symbol or a category means does not change.
     *
     * @return whether it was not configured before
     */
    public synchronized boolean add(InstrumentId id) {
        if (severalVenues()) {
            return at(id.venue()).add(id);
        }
        if (configured.contains(id)) {
            return false;
        }
        interned.putIfAbsent(id, id);
        configured = Stream.concat(configured.stream(), Stream.of(id)).toList();
        changes++;
        return true;
    }

    /** Removes one while the program runs. Returns whether it was configured. */
    public synchronized boolean remove(InstrumentId id) {
        if (severalVenues()) {
            return at(id.venue()).remove(id);
        }
        List<InstrumentId> left =
                configured.stream().filter(one -> !one.equals(id)).toList();
        boolean removed = left.size() < configured.size();
        configured = left;
        changes++;
        if (id.equals(only)) {
            only = null; // its last lines may still come
        }
        return removed;
    }

    /** The first configured one: that of a request that names none. */
    public InstrumentId first() {
        return configured().get(0);
    }

    /**
     * The instrument of a line without a symbol: the only configured one, also if others were added since, or null if
     * there are several.
     */
    public InstrumentId only() {
        return only;
    }

    /**
     * The instrument of an event. Without a category it is the only configured one of the symbol, else that of the
     * default category.
     *
     * @param named category of the line, or null
     */
    public InstrumentId of(String symbol, String named) {
        if (severalVenues()) {
            return at(venue).of(symbol, named);
        }
        InstrumentId id = identity(symbol, named);
        if (interned.size() >= MAX_INTERNED) {
            return interned.getOrDefault(id, id);
        }
        InstrumentId known = interned.putIfAbsent(id, id);
        return known == null ? id : known;
    }

    /** The same, whether it is wanted or not; not kept. */
    public InstrumentId identity(String symbol, String named) {
        if (severalVenues()) {
            return at(venue).identity(symbol, named);
        }
        return InstrumentId.of(venue, named == null ? categoryOf(symbol) : named, symbol);
    }

    /** Forgets an instrument that has ended, unless it is a configured one. */
    public void release(InstrumentId id) {
        if (severalVenues()) {
            at(id.venue()).release(id);
        } else if (!configured.contains(id)) {
            interned.remove(id);
        }
    }

    private String categoryOf(String symbol) {
        InstrumentId found = null;
        for (InstrumentId id : configured) {
            if (id.symbol().equals(symbol)) {
                if (found != null) {
                    return category;
                }
                found = id;
            }
        }
        return found == null ? category : found.category();
    }

    /** The same with another default category. */
    public Instruments withCategory(String other) {
        return new Instruments(venue, other, configured, byVenue, open);
    }

    /** The instrument of a symbol in the default category. */
    public InstrumentId ofDefault(String symbol) {
        return InstrumentId.of(venue, category, symbol);
    }

    /**
     * The name of an instrument in an object with a key per instrument: its symbol if a line without a category means
     * it, else {@code category:symbol}, with the venue before it if that is not the first one. It does not depend on
     * other instruments that appear or end.
     */
    public String key(InstrumentId id) {
        if (severalVenues()) {
            return Objects.equals(venue, id.venue()) ? at(venue).key(id) : id.toString();
        }
        return id.category() == null || id.category().equals(categoryOf(id.symbol())) ? id.symbol() : id.market();
    }

    /** The shortest text that means this instrument and no other configured one. */
    public String name(InstrumentId id) {
        return name(id, configured());
    }

    /** The shortest text that means this instrument and no other one of a collection. */
    public static String name(InstrumentId id, Collection<InstrumentId> others) {
        boolean shared = false;
        boolean sharedMarket = false;
        for (InstrumentId other : others) {
            boolean same = other.symbol().equals(id.symbol()) && !other.equals(id);
            shared |= same;
            sharedMarket |= same && Objects.equals(other.category(), id.category());
        }
        return sharedMarket ? id.toString() : shared ? id.market() : id.symbol();
    }

    /** The configured instruments and those of a collection that a text means, without duplicates, sorted. */
    public List<InstrumentId> matching(InstrumentId meant, Collection<InstrumentId> others) {
        return and(others).stream().filter(meant::matches).toList();
    }

    /** The configured instruments and those of a collection, without duplicates, sorted. */
    public List<InstrumentId> and(Collection<InstrumentId> others) {
        return Stream.concat(configured().stream(), others.stream())
                .distinct()
                .sorted()
                .toList();
    }
}
