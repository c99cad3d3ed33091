package dev.livefeed.app.backfill;

import com.fasterxml.jackson.databind.JsonNode;

/** One GET to the exchange. */
interface Rest {

    /**
     * The whole answer, its {@code retCode} 0.
     *
     * @param pathAndQuery begins with a slash
     * @throws RestException where there is no such answer
     */
    JsonNode get(String pathAndQuery) throws RestException, InterruptedException;
}
