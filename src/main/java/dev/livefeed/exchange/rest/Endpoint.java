package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers the requests of one REST path. */
interface Endpoint {

    /**
     * @param now milliseconds since 1970
     * @return the {@code result} of the envelope
     */
    JsonNode answer(Query query, long now) throws BadQueryException;
}
