package dev.livefeed.connector.feed;

import dev.livefeed.connector.session.SessionTimeouts;
import java.time.Duration;

/**
 * Timeouts and intervals of the connector.
 *
 * @param session timeouts of a public stream
 * @param ack timeout of a request
 * @param snapshot timeout for a book's snapshot after the topic was subscribed
 * @param rest timeout of an HTTP request
 * @param clock interval between measurements of the exchange's clock
 */
public record Timeouts(
        SessionTimeouts session,
        Duration ack,
        Duration snapshot,
        Duration rest,
        Repair repair,
        Silence silence,
        InstrumentRequests instruments,
        Duration clock) {

    public static final Timeouts DEFAULT = new Timeouts(
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
            new InstrumentRequests(Duration.ofHours(1), Duration.ofSeconds(1)),
            Duration.ofMinutes(5));

    /**
     * Limits for fetching missed trades.
     *
     * @param limit time limit, after which they are announced as lost
     * @param heldTrades maximum number of newer trades of a symbol that are held meanwhile
     */
    public record Repair(Duration limit, int heldTrades) {}

    /**
     * Maximum silence of a topic; zero: no limit.
     *
     * @param top best price
     * @param book other books, tickers and candles
     */
    public record Silence(Duration top, Duration book, Duration trades) {}

    /**
     * Requests for the venue's list of instruments.
     *
     * @param interval interval between them
     * @param firstWait maximum wait of a subscription for the first list; zero: no wait
     */
    public record InstrumentRequests(Duration interval, Duration firstWait) {}
}
