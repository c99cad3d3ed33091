package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Amounts;
import java.math.BigDecimal;

/** A block of adjacent bins. Volumes only grow. Not thread-safe. */
final class Page {

    static final int SIZE = 64;

    final Amounts volume;
    private final Amounts bought;
    private final Amounts sold;
    /** The traded bin with the smallest volume; -1 if none was traded. */
    private int least = -1;

    Page() {
        this(new Amounts(SIZE), new Amounts(SIZE), new Amounts(SIZE));
    }

    private Page(Amounts volume, Amounts bought, Amounts sold) {
        this.volume = volume;
        this.bought = bought;
        this.sold = sold;
    }

    Page copy() {
        Page copy = new Page(volume.copy(), bought.copy(), sold.copy());
        copy.least = least;
        return copy;
    }

    void add(int bin, Amount amount) {
        boolean first = volume.isZero(bin);
        volume.add(bin, amount);
        if (least < 0 || (first && volume.compare(bin, volume, least) < 0)) {
            least = bin;
        } else if (bin == least) {
            findLeast();
        }
    }

    void addBought(int bin, Amount amount) {
        bought.add(bin, amount);
    }

    void addSold(int bin, Amount amount) {
        sold.add(bin, amount);
    }

    private void findLeast() {
        for (int i = 0; i < SIZE; i++) {
            if (!volume.isZero(i) && volume.compare(i, volume, least) < 0) {
                least = i;
            }
        }
    }

    /** Adds the volumes of the bins in {@code [from, to)}. */
    void sum(int from, int to, Amount sum) {
        for (int i = from; i < to; i++) {
            volume.addTo(sum, i);
        }
    }

    /** Lowers the limit to the smallest volume of the traded bins in {@code [from, to)}, if that is smaller. */
    void least(int from, int to, Amount limit) {
        for (int i = from; i < to; i++) {
            if (traded(i, limit)) {
                volume.get(i, limit);
            }
        }
    }

    /** The first traded bin in {@code [from, to)} with at most this volume, or -1. */
    int firstAtMost(int from, int to, Amount limit) {
        for (int i = from; i < to; i++) {
            if (traded(i, limit)) {
                return i;
            }
        }
        return -1;
    }

    /** The last traded bin in {@code [from, to)} with at most this volume, or -1. */
    int lastAtMost(int from, int to, Amount limit) {
        for (int i = to - 1; i >= from; i--) {
            if (traded(i, limit)) {
                return i;
            }
        }
        return -1;
    }

    private boolean traded(int bin, Amount limit) {
        return !volume.isZero(bin) && volume.atMost(bin, limit);
    }

    int least() {
        return least;
    }

    Bin bin(int at, BigDecimal price) {
        return new Bin(price, volume.decimal(at), bought.decimal(at), sold.decimal(at));
    }
}
