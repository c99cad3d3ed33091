package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;

/**
 * All bins of a profile in price order, in pages that are allocated when first traded. Updates and queries cost O(log
 * n). Not thread-safe.
 */
final class ProfileBins {

    /** Maximum number of pages from the lowest to the highest, including those not allocated. */
    static final int MAX_SPAN = 1 << 14;

    private final int maxPages;
    private final Amount scratch = new Amount();
    private Page[] pages = new Page[0];
    private PageTree tree;
    /** The number of the page at index 0. */
    private long base;

    private int used;
    private long lowestPage;
    private long highestPage;

    ProfileBins(int maxPages) {
        this.maxPages = maxPages;
    }

    ProfileBins copy() {
        ProfileBins copy = new ProfileBins(maxPages);
        copy.pages = new Page[pages.length];
        for (int i = 0; i < pages.length; i++) {
            copy.pages[i] = pages[i] == null ? null : pages[i].copy();
        }
        copy.tree = tree == null ? null : tree.copy();
        copy.base = base;
        copy.used = used;
        copy.lowestPage = lowestPage;
        copy.highestPage = highestPage;
        return copy;
    }

    /** Whether a trade in this bin stays within the limits. */
    boolean accepts(long bin) {
        long number = Math.floorDiv(bin, Page.SIZE);
        if (used == 0 || page(number) != null) {
            return true;
        }
        return used < maxPages && Math.max(highestPage, number) - Math.min(lowestPage, number) < MAX_SPAN;
    }

    /** Adds to a bin for which {@link #accepts} is true; at most one of bought and sold may be set. */
    void add(long bin, Amount amount, boolean bought, boolean sold) {
        long number = Math.floorDiv(bin, Page.SIZE);
        Page page = page(number);
        if (page == null) {
            extendTo(number);
            page = new Page();
            pages[(int) (number - base)] = page;
            used++;
        }
        int at = at(bin);
        page.add(at, amount);
        if (bought) {
            page.addBought(at, amount);
        }
        if (sold) {
            page.addSold(at, amount);
        }
        tree.add((int) (number - base), amount, page);
    }

    private Page page(long number) {
        long index = number - base;
        return index >= 0 && index < pages.length ? pages[(int) index] : null;
    }

    private void extendTo(long number) {
        if (used == 0) {
            lowestPage = number;
            highestPage = number;
        } else {
            lowestPage = Math.min(lowestPage, number);
            highestPage = Math.max(highestPage, number);
        }
        if (tree != null && number >= base && number - base < pages.length) {
            return;
        }
        int span = (int) (highestPage - lowestPage + 1);
        int capacity = Integer.highestOneBit(Math.max(1, span - 1)) * 4;
        long newBase = lowestPage - (capacity - span) / 2;
        Page[] moved = new Page[capacity];
        PageTree grown = new PageTree(capacity);
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != null) {
                int index = (int) (base + i - newBase);
                moved[index] = pages[i];
                pages[i].sum(0, Page.SIZE, scratch.clear());
                grown.add(index, scratch, pages[i]);
            }
        }
        pages = moved;
        tree = grown;
        base = newBase;
    }

    /** The volume of a bin. */
    Amount volume(long bin, Amount into) {
        Page page = page(Math.floorDiv(bin, Page.SIZE));
        return page == null ? into.clear() : page.volume.get(at(bin), into);
    }

    /** The content of a traded bin. */
    Bin bin(long bin, TickGrid grid) {
        return page(Math.floorDiv(bin, Page.SIZE)).bin(at(bin), grid.price(bin));
    }

    /** The lowest bin of the allocated pages. */
    long lowest() {
        return lowestPage * Page.SIZE;
    }

    /** The highest bin of the allocated pages. */
    long highest() {
        return highestPage * Page.SIZE + Page.SIZE - 1;
    }

    /** The volume from one bin to another, both inclusive and both within {@link #lowest} and {@link #highest}. */
    Amount sum(long from, long to, Amount into) {
        into.clear();
        int first = index(from);
        int last = index(to);
        if (from > to) {
            return into;
        }
        if (first == last) {
            return sumInPage(first, at(from), at(to) + 1, into);
        }
        sumInPage(first, at(from), Page.SIZE, into);
        tree.sum(first + 1, last, into);
        return sumInPage(last, 0, at(to) + 1, into);
    }

    private Amount sumInPage(int index, int from, int to, Amount sum) {
        if (pages[index] != null) {
            pages[index].sum(from, to, sum);
        }
        return sum;
    }

    /** Lowers the limit to the smallest volume of a traded bin in the range (inclusive), if that is smaller. */
    void least(long from, long to, Amount limit) {
        int first = index(from);
        int last = index(to);
        if (pages[first] != null) {
            pages[first].least(at(from), first == last ? at(to) + 1 : Page.SIZE, limit);
        }
        if (first != last) {
            tree.least(first + 1, last, limit);
            if (pages[last] != null) {
                pages[last].least(0, at(to) + 1, limit);
            }
        }
    }

    /** The first traded bin at or above {@code from} with at most this volume, or a bin beyond {@link #highest}. */
    long firstAtMost(long from, Amount limit) {
        if (from > highest()) {
            return highest() + 1;
        }
        int index = index(from);
        int found = pages[index] == null ? -1 : pages[index].firstAtMost(at(from), Page.SIZE, limit);
        if (found < 0) {
            index = tree.firstAtMost(index + 1, limit);
            if (index < 0) {
                return highest() + 1;
            }
            found = pages[index].firstAtMost(0, Page.SIZE, limit);
        }
        return (base + index) * Page.SIZE + found;
    }

    /** The last traded bin at or below {@code from} with at most this volume, or a bin below {@link #lowest}. */
    long lastAtMost(long from, Amount limit) {
        if (from < lowest()) {
            return lowest() - 1;
        }
        int index = index(from);
        int found = pages[index] == null ? -1 : pages[index].lastAtMost(0, at(from) + 1, limit);
        if (found < 0) {
            index = tree.lastAtMost(index - 1, limit);
            if (index < 0) {
                return lowest() - 1;
            }
            found = pages[index].lastAtMost(0, Page.SIZE, limit);
        }
        return (base + index) * Page.SIZE + found;
    }

    private int index(long bin) {
        return (int) (Math.floorDiv(bin, Page.SIZE) - base);
    }

    private static int at(long bin) {
        return Math.floorMod(bin, Page.SIZE);
    }
}
