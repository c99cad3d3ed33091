package dev.livefeed.connector.sdk.command;

import java.util.List;

/**
 * One line of standard input.
 *
 * @param kind what to do
 * @param channel {@code trades}, {@code depth} or another; null where the kind has none
 * @param symbol instrument; null where the kind has none
 * @param category product category, or null for the configured one
 * @param id goes into the answer, or null
 * @param since exchange time, microseconds since 1970, of the last trade that the application has of this stream, or -1
 * @param known ids of the trades of that time that it has
 * @param range what a history command asks for; null where the kind has none
 */
public record Command(
        Kind kind,
        String channel,
        String symbol,
        String category,
        String id,
        long since,
        List<String> known,
        Range range) {

    /**
     * A span of exchange time, milliseconds since 1970.
     *
     * @param to above {@code from}; not part of it
     */
    public record Range(long from, long to) {}

    /** One that says what came before. */
    public Command(
            Kind kind, String channel, String symbol, String category, String id, long since, List<String> known) {
        this(kind, channel, symbol, category, id, since, known, null);
    }

    /** One that says nothing of what came before. */
    public Command(Kind kind, String channel, String symbol, String category, String id) {
        this(kind, channel, symbol, category, id, -1, List.of());
    }

    /** The commands of the protocol. */
    public enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE,
        RESYNC,
        HISTORY,
        PING,
        STOP;

        /** Whether channel and symbol must be there. */
        boolean namesStream() {
            return this == SUBSCRIBE || this == UNSUBSCRIBE || this == RESYNC || this == HISTORY;
        }
    }
}
