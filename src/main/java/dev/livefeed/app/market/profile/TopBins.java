package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;

/** The ten bins with the most volume, in order, kept up with each trade: volumes only grow. Not thread-safe. */
final class TopBins {

    static final int SIZE = 10;

    private final BinRow row;
    private final long[] bins = new long[SIZE];
    private final Amount one = new Amount();
    private final Amount other = new Amount();
    private int size;

    TopBins(BinRow row) {
        this.row = row;
    }

    TopBins copy(BinRow copied) {
        TopBins copy = new TopBins(copied);
        System.arraycopy(bins, 0, copy.bins, 0, size);
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    /** The bin at a place, the largest at 0. */
    long bin(int place) {
        return bins[place];
    }

    /** The volume of this bin has grown. */
    void grown(long bin) {
        int place = 0;
        while (place < size && bins[place] != bin) {
            place++;
        }
        if (place == size) {
            if (size < SIZE) {
                size++;
            } else if (before(bin, bins[SIZE - 1])) {
                place = SIZE - 1;
            } else {
                return;
            }
            bins[place] = bin;
        }
        while (place > 0 && before(bin, bins[place - 1])) {
            bins[place] = bins[place - 1];
            bins[--place] = bin;
        }
    }

    private boolean before(long bin, long than) {
        int order = row.volume(bin, one).compareTo(row.volume(than, other));
        return order > 0 || (order == 0 && bin < than);
    }
}
