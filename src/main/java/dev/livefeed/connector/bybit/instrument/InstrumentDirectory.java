package dev.livefeed.connector.bybit.instrument;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.Contracts;
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
public final class InstrumentDirectory {

    /** An older listing does not refuse: the symbol may be new. */
    private static final long YOUNG = 60_000_000_000L;

    private static final int MOST_SHELVES = 200;

    private final FeedContext context;
    private final Consumer<Category> changed;
    private final Map<String, InstrumentList> shelves = new LinkedHashMap<>();

    /** @param changed called when there is news of a category */
    public InstrumentDirectory(FeedContext context, Consumer<Category> changed) {
        this.context = context;
        this.changed = changed;
    }

    /**
     * Whether it is worth waiting for the listing before the symbol is asked for; asks for the listing where it must
     * be.
     */
    boolean awaited(Category category, String symbol) {
        InstrumentList shelf = shelf(category, symbol);
        if (shelf == null || knows(shelf, category, symbol)) {
            return false;
        }
        long wait = context.settings().limits().listing().firstWait().toNanos();
        shelf.tick();
        if (!shelf.askedSince(wait) && shelf.completeSince(Long.MAX_VALUE) && !shelf.completeSince(YOUNG)) {
            shelf.renew();
        }
        return shelf.askedSince(wait);
    }

    /** Why the venue would refuse the symbol, or null where it has it, or that is not known. */
    public String unknown(Category category, String symbol) {
        InstrumentList shelf = shelf(category, symbol);
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
    ListedInstrument of(Category category, String symbol) {
        InstrumentList shelf = shelf(category, symbol);
        return shelf == null ? null : shelf.of(symbol);
    }

    /** Whether the symbol has left the listing, which is whole. */
    boolean gone(Category category, String symbol) {
        InstrumentList shelf = shelf(category, symbol);
        return shelf != null && shelf.completeSince(Long.MAX_VALUE) && shelf.of(symbol) == null;
    }

    public void tick() {
        shelves.values().forEach(InstrumentList::tick);
    }

    private static boolean knows(InstrumentList shelf, Category category, String symbol) {
        boolean wholeCoin = category == Category.OPTION && symbol.indexOf('-') < 0;
        return wholeCoin ? !shelf.isEmpty() : shelf.of(symbol) != null;
    }

    /** Null where nothing can be asked. */
    private InstrumentList shelf(Category category, String symbol) {
        if (!context.rest().available()) {
            return null;
        }
        String baseCoin = category == Category.OPTION ? Contracts.baseCoin(symbol) : null;
        String key = baseCoin == null ? category.text() : category.text() + ' ' + baseCoin;
        InstrumentList shelf = shelves.get(key);
        if (shelf == null && shelves.size() < MOST_SHELVES) {
            shelf = new InstrumentList(context, category, baseCoin, () -> changed.accept(category));
            shelves.put(key, shelf);
        }
        return shelf;
    }
}
