package dev.livefeed.protocol.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The configured instruments, and the identity of an event's instrument: one object for each. Thread-safe. */
public final class Instruments {

    /** Nothing is configured: neither a venue nor a category is added to what a line says. */
    public static final Instruments NONE = new Instruments(null, null, List.of());

    private static final int MAX_INTERNED = 10_000;

    private final String venue;
    private final String category;
    private final List<InstrumentId> configured;
    private final Map<InstrumentId, InstrumentId> interned = new ConcurrentHashMap<>();

    /**
     * @param venue of all events, null if it is not known
     * @param category of events that name none, null if it is not known
     * @param configured in the order given
     */
    public Instruments(String venue, String category, List<InstrumentId> configured) {
        this.venue = venue;
        this.category = category;
        this.configured = List.copyOf(configured);
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

    /** In the order given. */
    public List<InstrumentId> configured() {
        return configured;
    }

    /** The first configured one: that of a request that names none. */
    public InstrumentId first() {
        return configured.get(0);
    }

    /** The only configured one, or null if there are several. */
    public InstrumentId only() {
        return configured.size() == 1 ? configured.get(0) : null;
    }

    /**
     * The instrument of an event. Without a category it is the only configured one of the symbol, else that of the
     * default category.
     *
     * @param named category of the line, or null
     */
    public InstrumentId of(String symbol, String named) {
        InstrumentId id = InstrumentId.of(venue, named == null ? categoryOf(symbol) : named, symbol);
        if (interned.size() >= MAX_INTERNED) {
            return interned.getOrDefault(id, id);
        }
        InstrumentId known = interned.putIfAbsent(id, id);
        return known == null ? id : known;
    }

    /** Forgets an instrument that has ended, unless it is a configured one. */
    public void release(InstrumentId id) {
        if (!configured.contains(id)) {
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
        return new Instruments(venue, other, configured);
    }

    /** The instrument of a symbol in the default category. */
    public InstrumentId ofDefault(String symbol) {
        return InstrumentId.of(venue, category, symbol);
    }

    /**
     * The name of an instrument in an object with a key per instrument: its symbol if a line without a category means
     * it, else {@code category:symbol}. It does not depend on other instruments that appear or end.
     */
    public String key(InstrumentId id) {
        return id.category() == null || id.category().equals(categoryOf(id.symbol())) ? id.symbol() : id.market();
    }

    /** The shortest text that means this instrument and no other configured one. */
    public String name(InstrumentId id) {
        return name(id, configured);
    }

    /** The shortest text that means this instrument and no other one of a collection. */
    public static String name(InstrumentId id, Collection<InstrumentId> others) {
        boolean shared = false;
        for (InstrumentId other : others) {
            shared |= other.symbol().equals(id.symbol()) && !other.equals(id);
        }
        return shared ? id.market() : id.symbol();
    }

    /** The configured instruments and those of a collection that a text means, without duplicates, sorted. */
    public List<InstrumentId> matching(InstrumentId meant, Collection<InstrumentId> others) {
        return and(others).stream().filter(meant::matches).toList();
    }

    /** The configured instruments and those of a collection, without duplicates, sorted. */
    public List<InstrumentId> and(Collection<InstrumentId> others) {
        return Stream.concat(configured.stream(), others.stream())
                .distinct()
                .sorted()
                .toList();
    }
}
