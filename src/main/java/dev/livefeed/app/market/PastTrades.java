package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Trade;

/**
 * Which trades of a day are counted as past and which as live, while a day is counted from all of its trades. Ids are
 * numbers that grow with time: the first live trade is the border, and what was counted as past is not counted again. A
 * venue that was reset counts from the beginning: live trades with lower ids, but later times, are new ones.
 */
final class PastTrades {

    private static final long NONE = -1;
    private static final int LONGEST_ID = 18;

    /**
     * A live trade with a lower id is new if it is later than all that were counted by more than this. Times of
     * neighbouring trades may be in another order than their ids, but not by as much; a reset takes longer.
     */
    private static final long RESET_MICROS = 1_000_000;

    private boolean open;
    private long firstLive = NONE;
    private long firstLiveMicros = NONE;
    private long newestPast = NONE;

    /** Exchange time of the newest trade that was counted. */
    private long newestMicros = NONE;

    /** Exchange time of the first trade after the venue was reset. */
    private long resetMicros = NONE;

    /** Whether the id of a trade is a number. */
    static boolean numbered(Trade trade) {
        return id(trade) != NONE;
    }

    /** Begins with the first past trade; returns whether this was it. */
    boolean begin() {
        boolean first = !open;
        open = true;
        return first;
    }

    /** Whether a past trade has come. */
    boolean isOpen() {
        return open;
    }

    /** Whether a live trade is to be counted: not if it was, or will be, counted as past. */
    boolean takesLive(Trade trade) {
        long id = open ? id(trade) : NONE;
        if (id == NONE || afterReset(trade)) {
            return true;
        }
        if (id <= newestPast || firstLive != NONE && id < firstLive) {
            if (trade.timestampMicros() - newestMicros <= RESET_MICROS) {
                return false;
            }
            resetMicros = trade.timestampMicros();
        } else if (firstLive == NONE) {
            firstLive = id;
        }
        if (firstLiveMicros == NONE) {
            firstLiveMicros = trade.timestampMicros();
        }
        newestMicros = Math.max(newestMicros, trade.timestampMicros());
        return true;
    }

    /** Whether a past trade is to be counted: not if it was, or comes live, or has no number. */
    boolean takesPast(Trade trade) {
        long id = id(trade);
        if (id == NONE || id <= newestPast || firstLive != NONE && id >= firstLive || afterReset(trade)) {
            return false;
        }
        newestPast = id;
        newestMicros = Math.max(newestMicros, trade.timestampMicros());
        return true;
    }

    private boolean afterReset(Trade trade) {
        return resetMicros != NONE && trade.timestampMicros() >= resetMicros;
    }

    /** Exchange time of the first live trade; -1 if there is none yet. */
    long firstLiveMicros() {
        return firstLiveMicros;
    }

    private static long id(Trade trade) {
        String text = trade.id();
        if (text.isEmpty() || text.length() > LONGEST_ID) {
            return NONE;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return NONE;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
