package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.InstrumentId;

/** Reads past candles, in the form of the HTTP interface. Thread-safe. */
public interface PastCandlePages {

    /** Maximum number of candles that a client can request. */
    int MAX = 1_440;

    /** Maximum number of candles of a page. */
    int PAGE = 200;

    /**
     * Consecutive candles, oldest first.
     *
     * @param data JSON text, or null if there are none
     * @param nextMicros where the next page starts, microseconds since 1970
     * @param last whether there is no further page
     */
    record CandlePage(String data, long nextMicros, boolean last) {

        /** There are no candles. */
        public static final CandlePage NONE = new CandlePage(null, 0, true);
    }

    /**
     * Reads a page of the last candles.
     *
     * @param count of which number of last candles, ending with the open one
     * @param fromMicros candles that start earlier are left out
     */
    CandlePage page(InstrumentId instrument, String timeframe, int count, long fromMicros);

    /**
     * Somebody looks at the candles of an instrument: has those of the past day fetched that are missing, without
     * waiting for them.
     *
     * @param fetched runs, on another thread, when that has ended; never if nothing is missing
     */
    void fill(InstrumentId instrument, Runnable fetched);
}
