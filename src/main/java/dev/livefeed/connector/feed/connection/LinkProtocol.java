package dev.livefeed.connector.feed.connection;

import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.connector.session.ReconnectWaits.Pace;
import java.time.Duration;
import java.util.List;

/**
 * A venue's messages on the links of a connection, and what the ends of links mean. Not thread-safe.
 *
 * @param <S> the venue's streams
 */
public interface LinkProtocol<S extends CarriedStream> {

    /** Reads a frame and tells the link what it is about. */
    void frame(StreamLink<S> link, byte[] bytes, int offset, int length, long receivedAt);

    /** The request that subscribes or unsubscribes streams. Both must have no effect the second time. */
    String request(boolean subscribe, List<S> streams, long id);

    RequestLimits limits();

    /** Maximum silence of a stream; zero: no limit. */
    Duration longestSilence(S stream);

    /** How long to wait after a rejected handshake, or another end with status 0. */
    Pace paceAfter(int httpStatus);

    /** Whether the status of a rejected handshake is about this address, so that other connections wait too. */
    boolean refusesHost(int httpStatus);

    /** Adds the likely cause of the end of a link, if there is one, to its reason. */
    String advised(String reason, int httpStatus);

    /**
     * The venue's limits for requests on a link.
     *
     * @param messages number of messages per second
     * @param chars length of the names in a request, with quotes and commas
     * @param streams number of streams in a request
     */
    record RequestLimits(int messages, int chars, int streams) {}
}
