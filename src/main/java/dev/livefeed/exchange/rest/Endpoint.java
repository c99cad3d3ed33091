package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;

/** One REST path: makes the result from the parameters. */
interface Endpoint {

    /** @param now milliseconds since 1970 */
    JsonNode answer(Query query, long now) throws BadQueryException;
}
