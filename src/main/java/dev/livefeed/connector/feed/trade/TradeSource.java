package dev.livefeed.connector.feed.trade;

import dev.livefeed.protocol.model.InstrumentId;
import java.io.IOException;

/**
 * A venue's REST requests for trades whose ids have no hole. Each request is a path with its query; all have the same
 * weight.
 */
public interface TradeSource {

    /** Trades from this id on. */
    String fromId(String symbol, long id);

    /** The first trades from this time on; null if the venue finds trades by id only. */
    String fromTime(String symbol, long millis);

    /** The last trades. */
    String recent(String symbol);

    /** The last trade. */
    String last(String symbol);

    /** Whether ids may be missing though no trade is: some trades are neither in the stream nor in the list. */
    default boolean idsHaveHoles() {
        return false;
    }

    /** Weight of a request. */
    int weight();

    /**
     * Reads a response.
     *
     * @param receivedAt microseconds since 1970
     * @throws IOException if it is not a list of rows; the message says why
     */
    TradeRows read(byte[] body, InstrumentId instrument, long receivedAt, boolean synthetic) throws IOException;
}
