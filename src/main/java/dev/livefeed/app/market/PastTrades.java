package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Trade;

/**
 * Which trades of a day are counted as past and which as live, while a day is counted from all of its trades. Ids are
 * numbers that grow with time: the first live trade is the border, and what was counted as past is not counted again.
 */
final class PastTrades {

    private static final long NONE = -1;
    private static final int LONGEST_ID = 18;

    private boolean open;
    private long firstLive = NONE;
    private long firstLiveMicros = NONE;
    private long newestPast = NONE;

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
        if (id == NONE) {
            return true;
        }
        if (id <= newestPast || firstLive != NONE && id < firstLive) {
            return false;
        }
        if (firstLive == NONE) {
            firstLive = id;
            firstLiveMicros = trade.timestampMicros();
        }
        return true;
    }

    /** Whether a past trade is to be counted: not if it was, or comes live, or has no number. */
    boolean takesPast(Trade trade) {
        long id = id(trade);
        if (id == NONE || id <= newestPast || firstLive != NONE && id >= firstLive) {
            return false;
        }
        newestPast = id;
        return true;
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
