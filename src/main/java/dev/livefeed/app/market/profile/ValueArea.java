package dev.livefeed.app.market.profile;

import dev.livefeed.app.market.exact.Amount;

/**
 * Finds the value area: the bins around the POC that hold a share of the volume.
 *
 * <p>The rule is that of the Chicago Board of Trade's Market Profile, applied to volume: start at the POC; until the
 * share is reached, compare the next traded bin above with the next traded bin below and add the one with more volume.
 * On a tie the lower one is added, as for the POC. Bins without trades are skipped. The area ends with the bin that
 * reaches the share.
 *
 * <p>The search does not walk bin by bin. A bin is added before one on the other side if the smallest volume between it
 * and the POC is greater than the smallest volume on the other path. So one tree query tells, for a bin below, how far
 * the area has grown above when that bin's turn comes, and the bin that reaches the share is found by bisection.
 */
final class ValueArea {

    private static final Amount ANY = Amount.max();

    private final ProfileBins row;
    private final Amount target = new Amount();
    private final Amount sum = new Amount();
    private final Amount part = new Amount();
    private final Amount limit = new Amount();
    private long lastTurn;
    private long poc;
    private long low;
    private long high;

    ValueArea(ProfileBins row) {
        this.row = row;
    }

    /** Finds the area around the POC's bin that holds a volume, which must not exceed the total. */
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

    /** The highest bin below the POC at whose turn the volume is reached, or one below all bins. */
    private long turnThatReaches() {
        long reaches = row.lowest() - 1;
        long misses = poc;
        // The result is usually close to the last one: search from there, in doubling steps.
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

    /** The last bin above the POC that is added before a bin below it has its turn. */
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
