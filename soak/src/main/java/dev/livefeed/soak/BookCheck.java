package dev.livefeed.soak;

import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.LevelList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The book of one stream, built from the emitted events by the rules of the protocol only, and compared level by level
 * with the book of the exchange.
 */
final class BookCheck {

    private static final int SCALE = 10;

    private final String name;
    private final ExchangeBooks exchangeBooks;
    private final SoakFigures figures;
    private final TreeMap<Long, Long> bids = new TreeMap<>(Collections.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private Depth last;
    private boolean stale = true;
    private boolean recovering;

    /** A level may be wrong, as the connector reports. */
    private boolean suspect;

    /** An update continued another state than the kept one, see {@link #continuedAnother}. */
    private boolean mistaken;

    /** The updates since the book was last found to be right. */
    private final List<Step> steps = new ArrayList<>();

    /** The book is wrong, which the next event of it must admit. */
    private String wrong;

    /**
     * An update.
     *
     * @param id of the state that it continues
     * @param keptMillis time of the kept state with that id
     * @param millis its own time
     */
    private record Step(long id, long keptMillis, long millis) {}

    BookCheck(String name, ExchangeBooks exchangeBooks, SoakFigures figures) {
        this.name = name;
        this.exchangeBooks = exchangeBooks;
        this.figures = figures;
    }

    /** Applies a snapshot or a delta and compares the book. */
    void depth(Depth depth) {
        figures.depths++;
        admitted();
        if (depth.snapshot()) {
            bids.clear();
            asks.clear();
            stale = false;
            mistaken = false;
            steps.clear();
        } else if (stale) {
            throw new Violation(name + " changes at " + depth.lastUpdateId() + " while it is stale");
        } else if (depth.prevUpdateId() != last.lastUpdateId()) {
            throw new Violation(name + ": update " + depth.lastUpdateId() + " says it continues " + depth.prevUpdateId()
                    + ", but the last was " + last.lastUpdateId());
        } else {
            steps.add(new Step(depth.prevUpdateId(), millis(last), millis(depth)));
        }
        last = depth;
        set(bids, depth.bids());
        set(asks, depth.asks());
        if (bids.size() > depth.levels() || asks.size() > depth.levels()) {
            throw new Violation(name + " is deeper than " + depth.levels() + " levels at " + depth.lastUpdateId());
        }
        if (!bids.isEmpty() && !asks.isEmpty() && bids.firstKey() >= asks.firstKey()) {
            throw new Violation(name + " is crossed at " + depth.lastUpdateId());
        }
        compare();
    }

    /** The connector reports the book as synced. */
    void synced() {
        if (stale) {
            throw new Violation(name + " is reported as synced without a snapshot");
        }
        recovering = false;
        suspect = false;
        figures.syncs++;
    }

    /** The connector reports that a level may be wrong. */
    void suspect() {
        suspect = true;
        wrong = null;
        figures.suspects++;
    }

    /** Fails if the book was wrong and the connector did not report it. */
    void admitted() {
        if (wrong != null) {
            figures.booksWrong++;
            throw new Violation(wrong);
        }
    }

    /**
     * The connector reports the book as stale.
     *
     * @param again whether another recovery may be in progress: one that a command joins, or one whose end has not been
     *     read yet
     */
    void resyncing(boolean again) {
        if (recovering && !again) {
            throw new Violation(name + ": a second recovery begins before the first has ended");
        }
        recovering |= !again;
        stale();
    }

    /** The connection has ended. */
    void disconnected() {
        stale();
    }

    /** The subscription has ended. */
    void unsubscribed() {
        stale();
        recovering = false;
    }

    private void stale() {
        stale = true;
        suspect = false;
        mistaken = false;
        steps.clear();
        wrong = null;
    }

    boolean correct() {
        return !stale && !recovering && !suspect && !mistaken && wrong == null;
    }

    /** Whether the book is the newest one that the exchange has published. */
    boolean current() {
        BookPage page = last == null ? null : page(-1, -1);
        return correct()
                && page != null
                && (page.updateId() == last.lastUpdateId()
                        // A change below its levels is no event of the book.
                        || (same(bids, numbers(page.bids())) && same(asks, numbers(page.asks()))));
    }

    private BookPage page(long updateId, long changedAt) {
        return exchangeBooks.book(last.category(), last.symbol(), last.levels(), updateId, changedAt);
    }

    private void compare() {
        BookPage page = page(last.lastUpdateId(), millis(last));
        if (page == null || suspect || mistaken) {
            figures.booksNotCompared++;
            return;
        }
        figures.booksCompared++;
        List<Long> publishedBids = numbers(page.bids());
        List<Long> publishedAsks = numbers(page.asks());
        if (!same(bids, publishedBids)) {
            differs("bids", bids, publishedBids);
        } else if (!same(asks, publishedAsks)) {
            differs("asks", asks, publishedAsks);
        } else {
            steps.clear();
        }
    }

    private static long millis(Depth depth) {
        return depth.timestampMicros() / 1_000;
    }

    private static boolean same(Map<Long, Long> side, List<Long> numbers) {
        Iterator<Map.Entry<Long, Long>> levels = side.entrySet().iterator();
        boolean same = numbers.size() == 2 * side.size();
        for (int i = 0; same && i < numbers.size(); i += 2) {
            Map.Entry<Long, Long> level = levels.next();
            same = level.getKey().equals(numbers.get(i)) && level.getValue().equals(numbers.get(i + 1));
        }
        return same;
    }

    private void differs(String sideName, Map<Long, Long> side, List<Long> published) {
        if (steps.stream().anyMatch(this::continuedAnother)) {
            mistaken = true;
            figures.booksMistaken++;
            return;
        }
        wrong = name + " is wrong at " + last.lastUpdateId() + (last.snapshot() ? " (snapshot)" : "") + ": " + sideName
                + " are " + side + ", the exchange says " + published;
        if (Stream.of("wide", "bad-level").noneMatch(figures.faultsByKind::containsKey)) {
            admitted();
        }
    }

    /**
     * Whether the update continues a later state than the kept one, which has the same id: the exchange has begun its
     * ids at 1 again since, and the snapshot and all frames between are lost. Nothing in a frame shows it.
     */
    private boolean continuedAnother(Step step) {
        BookPage kept = page(step.id(), step.keptMillis());
        BookPage continued = page(step.id(), -1);
        return kept != null
                && continued != null
                && continued.changedAt() > kept.changedAt()
                && continued.changedAt() <= step.millis();
    }

    private static void set(Map<Long, Long> side, LevelList levels) {
        for (int i = 0; i < levels.size(); i++) {
            long price = scaled(levels.priceUnscaled(i), levels.priceScale());
            long qty = scaled(levels.qtyUnscaled(i), levels.qtyScale());
            if (qty == 0) {
                side.remove(price);
            } else {
                side.put(price, qty);
            }
        }
    }

    /** @throws ArithmeticException if the result is not exact */
    private static long scaled(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale)
                .setScale(SCALE)
                .unscaledValue()
                .longValueExact();
    }

    /** The numbers of {@code ["1.5","2"],["1.4","3"]}. */
    private static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>();
        for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
            long number = 0;
            int decimals = -1;
            char c;
            for (at++; (c = text.charAt(at)) != '"'; at++) {
                if (c == '.') {
                    decimals = 0;
                } else {
                    number = Math.addExact(Math.multiplyExact(number, 10), c - '0');
                    decimals += decimals < 0 ? 0 : 1;
                }
            }
            at++;
            numbers.add(Math.multiplyExact(number, TENS[SCALE - Math.max(0, decimals)]));
        }
        return numbers;
    }

    private static final long[] TENS = new long[SCALE + 1];

    static {
        TENS[0] = 1;
        for (int i = 1; i <= SCALE; i++) {
            TENS[i] = 10 * TENS[i - 1];
        }
    }
}
