package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;

/**
 * Finds the value area: the bins around the POC that hold a share of the volume.
 *
 * <p>The rule is that of the Chicago Board of Trade's Market Profile for volume: begin at the POC; as long as the
 * share is not reached, compare the next traded bin above with the next traded bin below and take the one with more
 * volume. Of equal ones the lower is taken here, as for the POC. A bin in which nothing was traded is passed over.
 * The area ends with the bin that reaches the share.
 *
 * <p>It is not walked bin by bin. A bin is taken before one of the other side if the least volume on its way from the
 * POC is greater than the least volume on the other's way; so, for a bin below, how far the area has grown above when
 * its turn comes is one question to the tree, and the bin that reaches the share is found by bisection.
 */
final class ValueArea {

    private static final Amount ANY = Amount.most();

    private final BinRow row;
    private final Amount target = new Amount();
    private final Amount sum = new Amount();
    private final Amount part = new Amount();
    private final Amount limit = new Amount();
    private long lastTurn;
    private long poc;
    private long low;
    private long high;

    ValueArea(BinRow row) {
        this.row = row;
    }

    /** Finds the area around the bin for a volume, which must not be more than there is. */
    void find(long pocBin, Amount volume) {
        poc = pocBin;
        target.set(volume);
        low = poc;
        high = poc;
        if (row.volume(poc, sum).compareTo(target) >= 0) {
            return;
        }
        long turn = turnThatReaches();
        long before = turn + 1;
        long above = turn < row.lowest() ? row.highest() : reachedAbove(turn);
        if (row.sum(before, above, sum).compareTo(target) >= 0) {
            low = row.firstAtMost(before, ANY);
            high = firstThatReaches(before, above);
        } else {
            low = turn;
            high = row.lastAtMost(above, ANY);
        }
    }

    /** The highest bin below the POC with whose turn the volume is reached, or one below all. */
    private long turnThatReaches() {
        long reaches = row.lowest() - 1;
        long misses = poc;
        // It is mostly where it was: look there first, in steps that double.
        long guess = Math.max(reaches + 1, Math.min(misses - 1, lastTurn));
        for (long step = 1; misses - reaches > 1; step *= 2) {
            if (reaches(guess)) {
                reaches = guess;
                guess = Math.min(misses - 1, guess + step);
            } else {
                misses = guess;
                guess = Math.max(reaches + 1, guess - step);
            }
            if (misses - reaches <= 2 * step) {
                break;
            }
        }
        while (misses - reaches > 1) {
            long middle = reaches + (misses - reaches) / 2;
            if (reaches(middle)) {
                reaches = middle;
            } else {
                misses = middle;
            }
        }
        lastTurn = reaches;
        return reaches;
    }

    private boolean reaches(long turn) {
        return row.sum(turn, reachedAbove(turn), sum).compareTo(target) >= 0;
    }

    /** The last bin above the POC that comes before the turn of a bin below it. */
    private long reachedAbove(long below) {
        limit.set(ANY);
        row.least(below, poc - 1, limit);
        return row.firstAtMost(poc + 1, limit) - 1;
    }

    private long firstThatReaches(long from, long most) {
        long misses = poc;
        long reaches = most;
        while (reaches - misses > 1) {
            long middle = misses + (reaches - misses) / 2;
            if (row.sum(from, middle, part).compareTo(target) >= 0) {
                reaches = middle;
            } else {
                misses = middle;
            }
        }
        return reaches;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }
}
