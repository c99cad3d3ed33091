package dev.livefeed.exchange.binance.rest;

import java.util.List;

/** The names of the parameters that a path has. Spot refuses others, futures ignore them. */
record EndpointParameters(List<String> mandatory, List<String> optional) {

    static EndpointParameters onlyOptional(String... names) {
        return new EndpointParameters(List.of(), List.of(names));
    }

    static EndpointParameters ofSymbol(String... optional) {
        return new EndpointParameters(List.of("symbol"), List.of(optional));
    }

    /** Checks the names, in the order in which the venue does. */
    void check(BinanceQuery query) throws BinanceRefusal {
        int sent = query.parameters().size();
        int known = mandatory.size() + optional.size();
        if (query.spot() && sent > known) {
            throw BinanceRefusal.tooManyParameters(known, sent);
        }
        for (String name : mandatory) {
            if (!query.parameters().containsKey(name)) {
                throw BinanceRefusal.missing(name);
            }
        }
        int read = 0;
        for (String name : query.parameters().keySet()) {
            if (!mandatory.contains(name) && !optional.contains(name)) {
                continue;
            }
            read++;
            if (!query.has(name)) {
                throw BinanceRefusal.empty(name);
            }
        }
        if (query.spot() && read < sent) {
            throw BinanceRefusal.unread(read, sent);
        }
    }
}
