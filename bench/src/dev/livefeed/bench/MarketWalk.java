package dev.livefeed.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random market of one symbol, always with {@link #LEVELS} levels per side and never crossed, so that its deltas are
 * those of a depth-50 stream.
 */
final class MarketWalk {

    static final int LEVELS = 50;

    /** Changed levels of a delta, best first; size 0 removes a level. */
    record Delta(Map<Long, Long> bids, Map<Long, Long> asks) {}

    private final Random random;
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();

    MarketWalk(long middle, Random random) {
        this.random = random;
        long bid = middle;
        long ask = middle + 1;
        while (bids.size() < LEVELS) {
            bids.put(bid, size());
            asks.put(ask, size());
            bid -= 1 + random.nextInt(3);
            ask += 1 + random.nextInt(3);
        }
    }

    Map<Long, Long> bids() {
        return bids;
    }

    Map<Long, Long> asks() {
        return asks;
    }

    /** Applies and returns the next change of the book. */
    Delta next() {
        return new Delta(change(bids, asks.firstKey(), -1), change(asks, bids.firstKey(), 1));
    }

    /** Changes five to ten levels of a side; {@code direction} points away from the touch. */
    private Map<Long, Long> change(TreeMap<Long, Long> side, long opposite, int direction) {
        TreeMap<Long, Long> changed = new TreeMap<>(side.comparator());
        int count = 5 + random.nextInt(6);
        while (changed.size() < count) {
            List<Long> prices = new ArrayList<>(side.keySet());
            long price = prices.get(nearTouch(prices.size()));
            if (changed.containsKey(price)) {
                continue;
            }
            long inserted = side.firstKey() + direction * (random.nextInt(43) - 3L);
            boolean free = !side.containsKey(inserted)
                    && !changed.containsKey(inserted)
                    && (inserted - opposite) * direction > 0;
            if (random.nextInt(100) < 35 && free) {
                side.remove(price);
                changed.put(price, 0L);
                side.put(inserted, size());
                changed.put(inserted, side.get(inserted));
            } else {
                side.put(price, size());
                changed.put(price, side.get(price));
            }
        }
        return changed;
    }

    /** Most changes of a real book are near its touch. */
    private int nearTouch(int count) {
        return (int) Math.min(count - 1, -Math.log(1 - random.nextDouble()) * 10);
    }

    long size() {
        return 1 + (long) (-Math.log(1 - random.nextDouble()) * 900);
    }
}
