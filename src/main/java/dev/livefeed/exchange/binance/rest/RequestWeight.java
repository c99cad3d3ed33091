package dev.livefeed.exchange.binance.rest;

import dev.livefeed.exchange.rest.RestResponse;

/** The weight of the requests of this machine per minute. A client that goes on after 429 is banned for a while. */
final class RequestWeight {

    private static final long MINUTE = 60_000;
    private static final int REFUSALS_UNTIL_BAN = 10;
    private static final long BAN_MILLIS = 120_000;
    private static final String NUMBER = "#";

    private final int limit;
    private final boolean limited;
    private final Texts texts;
    private long minute;
    private int used;
    private int refused;
    private long bannedUntil;

    /** The words of one of the markets for a refusal; {@code #} is the limit, or the end of the ban. */
    enum Texts {
        SPOT(
                "Too much request weight used; current limit is # request weight per 1 MINUTE. Please use WebSocket"
                        + " Streams for live updates to avoid polling the API.",
                "Way too much request weight used; IP banned until #. Please use WebSocket Streams for live updates"
                        + " to avoid bans."),
        FUTURES(
                "Too many requests; current limit is # requests per minute. Please use the websocket for live"
                        + " updates to avoid polling the API.",
                "Way too many requests; IP banned until #. Please use the websocket for live updates to avoid bans.");

        private final String exceeded;
        private final String banned;

        Texts(String exceeded, String banned) {
            this.exceeded = exceeded;
            this.banned = banned;
        }
    }

    RequestWeight(int limit, boolean limited, Texts texts) {
        this.texts = texts;
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
                    418, texts.banned.replace(NUMBER, Long.toString(bannedUntil)), (bannedUntil - now + 999) / 1000);
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
                texts.exceeded.replace(NUMBER, Integer.toString(limit)),
                ((minute + 1) * MINUTE - now + 999) / 1000);
    }

    int used() {
        return used;
    }
}
