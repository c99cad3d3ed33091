package dev.livefeed.connector.sdk.command;

import java.util.List;

/**
 * A command from standard input.
 *
 * @param kind kind of the command
 * @param channel {@code trades}, {@code depth} or another; null if the kind has none
 * @param symbol symbol of the instrument; null if the kind has none
 * @param category product category, or null for the configured one
 * @param id echoed in the answer, or null
 * @param since exchange time of the last trade of the stream that the application has, microseconds since 1970, or -1
 * @param known ids of the trades of that time that the application has
 * @param argument what the kind needs beyond these; null for kinds that need nothing
 */
public record Command(
        Kind kind,
        String channel,
        String symbol,
        String category,
        String id,
        long since,
        List<String> known,
        Argument argument) {

    /** What one kind of command needs. */
    public sealed interface Argument permits Range, ReplaySpeed {}

    /**
     * A span of exchange time, milliseconds since 1970.
     *
     * @param to above {@code from}; not part of it
     */
    public record Range(long from, long to) implements Argument {}

    /** A command that continues a previous subscription: its newest time and the trade ids known from then on. */
    public Command(
            Kind kind, String channel, String symbol, String category, String id, long since, List<String> known) {
        this(kind, channel, symbol, category, id, since, known, null);
    }

    /** A command without a resume point. */
    public Command(Kind kind, String channel, String symbol, String category, String id) {
        this(kind, channel, symbol, category, id, -1, List.of());
    }

    /** What a history command asks for; null for other kinds. */
    public Range range() {
        return argument instanceof Range range ? range : null;
    }

    /** The speed that is wanted of a replay; null for other kinds. */
    public ReplaySpeed speed() {
        return argument instanceof ReplaySpeed speed ? speed : null;
    }

    /** The commands of the protocol. */
    public enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE,
        RESYNC,
        HISTORY,
        PAUSE,
        RESUME,
        SPEED,
        STEP,
        PING,
        STOP;

        /** Whether channel and symbol are required. */
        boolean namesStream() {
            return this == SUBSCRIBE || this == UNSUBSCRIBE || this == RESYNC || this == HISTORY;
        }
    }
}
