package dev.livefeed.connector.feed.trade;

import dev.livefeed.protocol.model.Trade;

/**
 * Finds that a venue counts its trades anew, as a test site does after it was reset: ids that are not newer than the
 * last one belong to trades that are. One such trade may be a wrong number; two that follow each other are not.
 */
final class RestartedIds {

    /** Trades that come twice are not newer than the last one, however their times are measured. */
    private static final long NEWER_MICROS = 1_000_000L;

    private long firstId;
    private Trade first;

    /**
     * A trade whose id is not newer than the last one.
     *
     * @param knownUntil exchange time in microseconds of the newest trade
     * @return the trade before it with which the new count begins, or null if the venue does not count anew
     */
    Trade older(long id, Trade trade, long lastId, long knownUntil) {
        if (id > lastId || trade.timestampMicros() - knownUntil <= NEWER_MICROS) {
            return null;
        }
        if (first != null && id == firstId + 1 && trade.timestampMicros() >= first.timestampMicros()) {
            Trade before = first;
            first = null;
            return before;
        }
        firstId = id;
        first = trade;
        return null;
    }

    /** A trade with a newer id has come. */
    void none() {
        first = null;
    }
}
