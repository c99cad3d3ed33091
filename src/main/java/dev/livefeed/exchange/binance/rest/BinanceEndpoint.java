package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers the requests of one path. */
interface BinanceEndpoint {

    /** Weight of a request. */
    int weight(BinanceQuery query);

    /** @param now milliseconds since 1970 */
    JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal;
}
