package dev.livefeed.connector.bybit;

import dev.livefeed.naming.NearName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the venue lists, so that a symbol it does not have is refused before it is asked for.
 *
 * <p>The listing of a category is asked for with its first symbol, and again each hour. Nobody waits for it longer than
 * the settings say: what is not known by then is asked of the venue itself.
 */
final class Catalogue {

    /** An older listing does not refuse: the symbol may be new. */
    private static final long YOUNG = 60_000_000_000L;

    private static final int MOST_SHELVES = 200;

    private final Context context;
    private final Consumer<Category> changed;
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();

    /** @param changed called when there is news of a category */
    Catalogue(Context context, Consumer<Category> changed) {
        this.context = context;
        this.changed = changed;
    }

    /** Whether it is worth waiting for the listing before the symbol is asked for; asks for the listing where it must be. */
    boolean awaited(Category category, String symbol) {
        Shelf shelf = shelf(category, symbol);
        if (shelf == null || knows(shelf, category, symbol)) {
            return false;
        }
        long wait = context.settings().limits().instrumentsWait().toNanos();
        shelf.tick();
        if (!shelf.askedSince(wait) && shelf.completeSince(Long.MAX_VALUE) && !shelf.completeSince(YOUNG)) {
            shelf.renew();
        }
        return shelf.askedSince(wait);
    }

    /** Why the venue would refuse the symbol, or null where it has it, or that is not known. */
    String unknown(Category category, String symbol) {
        Shelf shelf = shelf(category, symbol);
        if (shelf == null || knows(shelf, category, symbol) || !shelf.completeSince(YOUNG)) {
            return null;
        }
        if (category == Category.OPTION && symbol.indexOf('-') < 0) {
            return "option has no contract of the base coin " + symbol;
        }
        String near = NearName.of(symbol, shelf.symbols());
        return category + " has no instrument " + symbol + (near == null ? "" : "; did you mean " + near + "?");
    }

    /** What is known of the symbol, or null. */
    Instrument of(Category category, String symbol) {
        Shelf shelf = shelf(category, symbol);
        return shelf == null ? null : shelf.of(symbol);
    }

    /** Whether the symbol has left the listing, which is whole. */
    boolean gone(Category category, String symbol) {
        Shelf shelf = shelf(category, symbol);
        return shelf != null && shelf.completeSince(Long.MAX_VALUE) && shelf.of(symbol) == null;
    }

    void tick() {
        shelves.values().forEach(Shelf::tick);
    }

    private static boolean knows(Shelf shelf, Category category, String symbol) {
        boolean wholeCoin = category == Category.OPTION && symbol.indexOf('-') < 0;
        return wholeCoin ? !shelf.isEmpty() : shelf.of(symbol) != null;
    }

    /** Null where nothing can be asked. */
    private Shelf shelf(Category category, String symbol) {
        if (!context.rest().available()) {
            return null;
        }
        String baseCoin = category == Category.OPTION ? Contracts.baseCoin(symbol) : null;
        String key = baseCoin == null ? category.text() : category.text() + ' ' + baseCoin;
        Shelf shelf = shelves.get(key);
        if (shelf == null && shelves.size() < MOST_SHELVES) {
            shelf = new Shelf(context, category, baseCoin, () -> changed.accept(category));
            shelves.put(key, shelf);
        }
        return shelf;
    }
}
