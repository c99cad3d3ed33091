package dev.livefeed.exchange.binance.rest;

import dev.livefeed.exchange.rest.RestResponse;

/** The weight of the requests of this machine per minute. A client that goes on after 429 is banned for a while. */
final class RequestWeight {

    private static final long MINUTE = 60_000;
    private static final int REFUSALS_UNTIL_BAN = 10;
    private static final long BAN_MILLIS = 120_000;

    private final int limit;
    private final boolean limited;
    private long minute;
    private int used;
    private int refused;
    private long bannedUntil;

    RequestWeight(int limit, boolean limited) {
        this.limit = limit;
        this.limited = limited;
    }

    /** Counts a request; null if it is within the limit, otherwise its answer. */
    RestResponse exceeded(int weight, long now) {
        if (now / MINUTE != minute) {
            minute = now / MINUTE;
            used = 0;
            refused = 0;
        }
        if (now < bannedUntil) {
            return BinanceRefusal.tooMany(
                    418,
                    "Way too many requests; IP banned until " + bannedUntil
                            + ". Please use the websocket for live updates to avoid bans.",
                    (bannedUntil - now + 999) / 1000);
        }
        used += weight;
        if (!limited || used <= limit) {
            return null;
        }
        if (++refused > REFUSALS_UNTIL_BAN) {
            bannedUntil = now + BAN_MILLIS;
        }
        return BinanceRefusal.tooMany(
                429,
                "Too much request weight used; current limit is " + limit
                        + " request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling"
                        + " the API.",
                ((minute + 1) * MINUTE - now + 999) / 1000);
    }

    int used() {
        return used;
    }
}
