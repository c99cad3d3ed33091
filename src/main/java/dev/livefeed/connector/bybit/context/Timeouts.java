package dev.livefeed.connector.bybit.context;

import dev.livefeed.connector.bybit.account.AccountSettings;
import dev.livefeed.connector.bybit.topic.TopicName;
import java.time.Duration;

/**
 * How long the connector waits for what.
 *
 * @param open a connection must be open within it, TCP, TLS and WebSocket handshake together
 * @param ping time between pings, counted from the moment of connecting
 * @param pong a ping must be answered within it
 * @param silence after so long without any frame on a connection that had data, a ping goes out at once
 * @param dataSilence a connection with steady data may be without any for so long at least, whatever else comes
 * @param ack a request must be answered within it
 * @param snapshot a book's snapshot must come within it once the topic was asked for
 * @param rest an HTTP request must be answered within it
 * @param repair missed trades must be fetched within it, or are announced as lost
 * @param heldTrades how many newer trades of a symbol wait for missed ones at most
 * @param reconnectFirst first wait before connecting again
 * @param reconnectLongest longest wait before connecting again
 * @param silentTop a best price, repeated every 3 s, may be silent for so long; zero: for ever
 * @param silentBook any other book, a ticker and candles may be silent for so long; zero: for ever
 * @param silentTrades trades may be silent for so long; zero: for ever
 * @param recycle a connection is replaced by plan once it is about so old; zero: never
 * @param instruments time between two listings of the venue's instruments
 * @param instrumentsWait a subscription waits no longer for the first listing; zero: not at all
 * @param clock time between two measurements of the offset between the exchange's clock and ours
 */
public record Timeouts(
        Duration open,
        Duration ping,
        Duration pong,
        Duration silence,
        Duration dataSilence,
        Duration ack,
        Duration snapshot,
        Duration rest,
        Duration repair,
        int heldTrades,
        Duration reconnectFirst,
        Duration reconnectLongest,
        Duration silentTop,
        Duration silentBook,
        Duration silentTrades,
        Duration recycle,
        Duration instruments,
        Duration instrumentsWait,
        Duration clock) {

    static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            10_000,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));

    /** Those that hold on the private stream too. */
    public AccountSettings.Timing ofAccount() {
        return new AccountSettings.Timing(open, ping, pong, ack, reconnectFirst, reconnectLongest);
    }

    /** For how long the topic may be silent; zero: for ever. */
    public Duration silence(TopicName topic) {
        return switch (topic.kind()) {
            case BOOK -> topic.depth() == 1 ? silentTop : silentBook;
            case TICKER, KLINE -> silentBook;
            case TRADES -> silentTrades;
            // They are rare, and to ask for them again is to miss some.
            case LIQUIDATIONS -> Duration.ZERO;
        };
    }
}
