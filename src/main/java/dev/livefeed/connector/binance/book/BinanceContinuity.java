package dev.livefeed.connector.binance.book;

import dev.livefeed.connector.feed.book.Continuity;

/**
 * The venue's rules for which update follows which.
 *
 * <p>An update has the ids from {@code U} to {@code u}. On spot the ids of consecutive updates have no hole. Futures
 * have holes, and each update names the last id of the one before, {@code pu}. The first update after a snapshot may
 * begin before it; sizes are absolute, so that applying what the snapshot has already changes nothing.
 */
public enum BinanceContinuity implements Continuity {
    SPOT {
        @Override
        public UpdateOrder judge(long last, boolean afterSnapshot, long first, long update, long previous) {
            if (update <= last) {
                return UpdateOrder.OLD;
            }
            return first <= last + 1 ? UpdateOrder.NEXT : UpdateOrder.GAP;
        }
    },
    FUTURES {
        @Override
        public UpdateOrder judge(long last, boolean afterSnapshot, long first, long update, long previous) {
            if (update <= last) {
                return UpdateOrder.OLD;
            }
            // An update has all that was changed since the one before it, even if a snapshot lies between their ids.
            boolean continues = previous == last || (afterSnapshot && previous >= 0 && previous < last);
            return continues || (afterSnapshot && first <= last) ? UpdateOrder.NEXT : UpdateOrder.GAP;
        }
    }
}
