package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers the requests of one path. */
interface BinanceEndpoint {

    /** What a request to one of the markets may name. */
    EndpointParameters parameters(boolean spot);

    /** Weight of a request, also of one that is refused. */
    int weight(BinanceQuery query);

    /**
     * Answers a request that names all mandatory parameters.
     *
     * @param now milliseconds since 1970
     */
    JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal;
}
