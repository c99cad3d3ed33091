package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.session.SessionTimeouts;
import java.time.Duration;

/**
 * How long the connector waits for what.
 *
 * @param session of a public stream
 * @param ack a request must be answered within it
 * @param snapshot a book's snapshot must come within it once the topic was asked for
 * @param rest an HTTP request must be answered within it
 * @param clock time between two measurements of the offset between the exchange's clock and ours
 */
public record Timeouts(
        SessionTimeouts session,
        Duration ack,
        Duration snapshot,
        Duration rest,
        Repair repair,
        Silence silence,
        Listing listing,
        Duration clock) {

    static final Timeouts DEFAULT = new Timeouts(
            new SessionTimeouts(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(10),
                    Duration.ZERO),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            new Repair(Duration.ofSeconds(15), 10_000),
            new Silence(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(15)),
            new Listing(Duration.ofHours(1), Duration.ofSeconds(1)),
            Duration.ofMinutes(5));

    /**
     * Of missed trades.
     *
     * @param limit they must be fetched within it, or are announced as lost
     * @param heldTrades how many newer trades of a symbol wait for missed ones at most
     */
    public record Repair(Duration limit, int heldTrades) {}

    /**
     * How long a topic may be silent; zero: for ever.
     *
     * @param top a best price, which is repeated every 3 s
     * @param book any other book, a ticker and candles
     */
    record Silence(Duration top, Duration book, Duration trades) {}

    /**
     * Of the venue's instruments.
     *
     * @param interval time between two listings
     * @param firstWait a subscription waits no longer for the first listing; zero: not at all
     */
    public record Listing(Duration interval, Duration firstWait) {}

    /** For how long the topic may be silent; zero: for ever. */
    public Duration silence(TopicName topic) {
        return switch (topic.kind()) {
            case BOOK -> topic.depth() == 1 ? silence.top() : silence.book();
            case TICKER, KLINE -> silence.book();
            case TRADES -> silence.trades();
            // They are rare, and to ask for them again is to miss some.
            case LIQUIDATIONS -> Duration.ZERO;
        };
    }
}
