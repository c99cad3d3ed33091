package dev.livefeed.connector.command;

/**
 * One line of standard input.
 *
 * @param kind what to do
 * @param channel {@code trades}, {@code depth} or another; null where the kind has none
 * @param symbol instrument; null where the kind has none
 * @param category product category, or null for the configured one
 * @param id goes into the answer, or null
 */
public record Command(Kind kind, String channel, String symbol, String category, String id) {

    /** The commands of the protocol. */
    public enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE,
        RESYNC,
        PING,
        STOP;

        /** Whether channel and symbol must be there. */
        boolean namesStream() {
            return this == SUBSCRIBE || this == UNSUBSCRIBE || this == RESYNC;
        }
    }
}
