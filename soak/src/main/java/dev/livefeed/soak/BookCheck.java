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

/**
 * The book of one stream, kept from the emitted events by the rules of the protocol and nothing else, and compared
 * level by level with what the exchange says it was.
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

    BookCheck(String name, ExchangeBooks exchangeBooks, SoakFigures figures) {
        this.name = name;
        this.exchangeBooks = exchangeBooks;
        this.figures = figures;
    }

    /** A picture of the book, or a change to it. */
    void depth(Depth depth) {
        figures.depths++;
        if (depth.snapshot()) {
            bids.clear();
            asks.clear();
            stale = false;
        } else if (stale) {
            throw new Violation(name + " changes at " + depth.lastUpdateId() + " while it is stale");
        } else if (depth.prevUpdateId() != last.lastUpdateId()) {
            throw new Violation(name + ": update " + depth.lastUpdateId() + " says it continues " + depth.prevUpdateId()
                    + ", but the last was " + last.lastUpdateId());
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

    /** The connector says that the book is right. */
    void synced() {
        if (stale) {
            throw new Violation(name + " is said to be synced without a snapshot");
        }
        recovering = false;
        figures.syncs++;
    }

    /**
     * The connector says that the book is stale.
     *
     * @param again whether another recovery may be under way: one that a command joins, or one whose end nobody had
     *     read yet
     */
    void resyncing(boolean again) {
        if (recovering && !again) {
            throw new Violation(name + ": a second recovery begins before the first has ended");
        }
        recovering |= !again;
        stale = true;
    }

    /** The connection has gone, or the subscription. */
    void gone() {
        stale = true;
    }

    /** The subscription has ended: another one starts anew. */
    void unsubscribed() {
        stale = true;
        recovering = false;
    }

    boolean right() {
        return !stale && !recovering;
    }

    /** Whether the book is the newest that the exchange has told. */
    boolean current() {
        BookPage page = last == null ? null : page(-1, -1);
        return right() && page != null && page.updateId() == last.lastUpdateId();
    }

    private BookPage page(long updateId, long changedAt) {
        return exchangeBooks.book(last.category(), last.symbol(), last.levels(), updateId, changedAt);
    }

    private void compare() {
        BookPage page = page(last.lastUpdateId(), last.timestampMicros() / 1_000);
        if (page == null) {
            figures.booksNotCompared++;
            return;
        }
        figures.booksCompared++;
        same(bids, page.bids(), "bids");
        same(asks, page.asks(), "asks");
    }

    private void same(Map<Long, Long> side, String told, String sideName) {
        List<Long> numbers = numbers(told);
        Iterator<Map.Entry<Long, Long>> levels = side.entrySet().iterator();
        boolean same = numbers.size() == 2 * side.size();
        for (int i = 0; same && i < numbers.size(); i += 2) {
            Map.Entry<Long, Long> level = levels.next();
            same = level.getKey().equals(numbers.get(i)) && level.getValue().equals(numbers.get(i + 1));
        }
        if (!same) {
            figures.booksWrong++;
            throw new Violation(name + " is wrong at " + last.lastUpdateId() + (last.snapshot() ? " (snapshot)" : "")
                    + ": " + sideName + " are " + side + ", the exchange says " + numbers);
        }
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

    /** Exact, or it throws. */
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
