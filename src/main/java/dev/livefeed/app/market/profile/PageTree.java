package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Amounts;

/**
 * A segment tree over the pages: each node holds the sum of volumes and the smallest volume of a traded bin (0 if
 * none). An update costs the height of the tree. Not thread-safe.
 */
final class PageTree {

    private final int leaves;
    private final Amounts sums;
    private final Amounts least;

    /** @param leaves a power of two */
    PageTree(int leaves) {
        this(leaves, new Amounts(2 * leaves), new Amounts(2 * leaves));
    }

    private PageTree(int leaves, Amounts sums, Amounts least) {
        this.leaves = leaves;
        this.sums = sums;
        this.least = least;
    }

    PageTree copy() {
        return new PageTree(leaves, sums.copy(), least.copy());
    }

    /** Adds to the sum of a page that has grown by the amount, or is new with that sum. */
    void add(int leaf, Amount amount, Page page) {
        int node = leaves + leaf;
        sums.add(node, amount);
        least.set(node, page.volume, page.least());
        for (node >>= 1; node >= 1; node >>= 1) {
            sums.add(node, amount);
            lesser(node);
        }
    }

    private void lesser(int node) {
        int left = 2 * node;
        int right = left + 1;
        boolean takeRight = least.isZero(left) || (!least.isZero(right) && least.compare(right, least, left) < 0);
        least.set(node, least, takeRight ? right : left);
    }

    /** Adds the sums of the leaves in {@code [from, to)}. */
    void sum(int from, int to, Amount sum) {
        for (int l = from + leaves, r = to + leaves; l < r; l >>= 1, r >>= 1) {
            if ((l & 1) == 1) {
                sums.addTo(sum, l++);
            }
            if ((r & 1) == 1) {
                sums.addTo(sum, --r);
            }
        }
    }

    /** Lowers the limit to the smallest volume of the leaves in {@code [from, to)}, if that is smaller. */
    void least(int from, int to, Amount limit) {
        for (int l = from + leaves, r = to + leaves; l < r; l >>= 1, r >>= 1) {
            if ((l & 1) == 1) {
                lower(l++, limit);
            }
            if ((r & 1) == 1) {
                lower(--r, limit);
            }
        }
    }

    private void lower(int node, Amount limit) {
        if (!least.isZero(node) && least.atMost(node, limit)) {
            least.get(node, limit);
        }
    }

    /** The first leaf at or after {@code from} that has a traded bin with at most this volume, or -1. */
    int firstAtMost(int from, Amount limit) {
        if (from >= leaves) {
            return -1;
        }
        int node = from + leaves;
        while (!has(node, limit)) {
            // Climb while this is a right child, then move to the right neighbour.
            while ((node & 1) == 1) {
                node >>= 1;
            }
            if (node == 0) {
                return -1;
            }
            node++;
        }
        while (node < leaves) {
            node = has(2 * node, limit) ? 2 * node : 2 * node + 1;
        }
        return node - leaves;
    }

    /** The last leaf at or before {@code from} that has a traded bin with at most this volume, or -1. */
    int lastAtMost(int from, Amount limit) {
        if (from < 0) {
            return -1;
        }
        int node = from + leaves;
        while (!has(node, limit)) {
            while ((node & 1) == 0) {
                node >>= 1;
            }
            if (node == 1) {
                return -1;
            }
            node--;
        }
        while (node < leaves) {
            node = has(2 * node + 1, limit) ? 2 * node + 1 : 2 * node;
        }
        return node - leaves;
    }

    private boolean has(int node, Amount limit) {
        return !least.isZero(node) && least.atMost(node, limit);
    }
}
