package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;

/** The ten bins with the most volume in order, updated with each trade; volumes only grow. Not thread-safe. */
final class TopBins {

    static final int SIZE = 10;

    private final ProfileBins row;
    private final long[] bins = new long[SIZE];
    private final Amount one = new Amount();
    private final Amount other = new Amount();
    private int size;

    TopBins(ProfileBins row) {
        this.row = row;
    }

    TopBins copy(ProfileBins copied) {
        TopBins copy = new TopBins(copied);
        System.arraycopy(bins, 0, copy.bins, 0, size);
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    /** The bin at a rank; rank 0 is the largest. */
    long bin(int rank) {
        return bins[rank];
    }

    /** Updates the order after the volume of this bin has grown. */
    void grown(long bin) {
        int rank = 0;
        while (rank < size && bins[rank] != bin) {
            rank++;
        }
        if (rank == size) {
            if (size < SIZE) {
                size++;
            } else if (before(bin, bins[SIZE - 1])) {
                rank = SIZE - 1;
            } else {
                return;
            }
            bins[rank] = bin;
        }
        while (rank > 0 && before(bin, bins[rank - 1])) {
            bins[rank] = bins[rank - 1];
            bins[--rank] = bin;
        }
    }

    private boolean before(long bin, long than) {
        int order = row.volume(bin, one).compareTo(row.volume(than, other));
        return order > 0 || (order == 0 && bin < than);
    }
}
