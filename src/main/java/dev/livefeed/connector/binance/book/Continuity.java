package dev.livefeed.connector.binance.book;

/**
 * The venue's rules for which update follows which.
 *
 * <p>An update has the ids from {@code U} to {@code u}. On spot the ids of consecutive updates have no hole. Futures
 * have holes, and each update names the last id of the one before, {@code pu}. The first update after a snapshot may
 * begin before it; sizes are absolute, so that applying what the snapshot has already changes nothing.
 */
public enum Continuity {
    SPOT {
        @Override
        public Verdict judge(long last, boolean afterSnapshot, long first, long update, long previous) {
            if (update <= last) {
                return Verdict.OLD;
            }
            return first <= last + 1 ? Verdict.NEXT : Verdict.GAP;
        }
    },
    FUTURES {
        @Override
        public Verdict judge(long last, boolean afterSnapshot, long first, long update, long previous) {
            if (update <= last) {
                return Verdict.OLD;
            }
            return previous == last || (afterSnapshot && first <= last) ? Verdict.NEXT : Verdict.GAP;
        }
    };

    /** What an update is to a book. */
    public enum Verdict {
        /** The book has it already. */
        OLD,
        NEXT,
        /** An update before it is missing; after a snapshot: the snapshot is too old. */
        GAP
    }

    /**
     * @param last last id that the book has
     * @param afterSnapshot whether no update was applied since the snapshot
     * @param first first id of the update
     * @param update last id of the update
     * @param previous last id of the update before it; -1 if it does not say
     */
    public abstract Verdict judge(long last, boolean afterSnapshot, long first, long update, long previous);
}
