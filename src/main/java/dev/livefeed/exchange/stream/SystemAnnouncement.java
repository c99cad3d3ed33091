package dev.livefeed.exchange.stream;

import java.util.List;

/**
 * An announced maintenance.
 *
 * @param begin milliseconds since 1970
 * @param end milliseconds since 1970; expected, and the actual time when it is over
 * @param products the venue's numbers: 1 futures, 2 spot, 3 options
 * @param services the venue's numbers: 1 trading, 2 and 3 trading by HTTP and WebSocket, 4 private stream, 5 market
 *     data
 */
public record SystemAnnouncement(
        String id, String title, State state, long begin, long end, List<Integer> products, List<Integer> services) {

    /** Progress of the maintenance; the venue's word is the name in lower case. */
    public enum State {
        SCHEDULED,
        ONGOING,
        COMPLETED,
        CANCELED;

        boolean over() {
            return this == COMPLETED || this == CANCELED;
        }
    }

    SystemAnnouncement now(State newState, long newEnd) {
        return new SystemAnnouncement(id, title, newState, begin, newEnd, products, services);
    }
}
