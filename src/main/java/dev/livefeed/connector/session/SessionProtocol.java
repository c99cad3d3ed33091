package dev.livefeed.connector.session;

/**
 * What a venue's stream does with its {@link WebSocketSession}: how it pings, what follows a new connection, and what
 * its refusals mean. Called on the loop; a method may end the session's connection.
 */
public interface SessionProtocol {

    /**
     * A ping is due: {@link WebSocketSession#send} the venue's own, or {@link WebSocketSession#sendPing} where it has
     * none.
     */
    void ping();

    /** The connection is open, and nothing is subscribed on it: authenticate, subscribe. */
    void opened();

    /**
     * The session runs on a new connection by plan; the old one is left, and what was subscribed on it.
     *
     * @param ageMillis of the old one
     */
    default void replaced(long ageMillis) {
        opened();
    }

    /**
     * A whole text message came.
     *
     * @param bytes valid during the call only
     * @param receivedAt microseconds since 1970 at which it was read from the socket
     */
    void frame(byte[] bytes, int offset, int length, long receivedAt);

    /** Time has passed on an open connection that is not dead. */
    void tick();

    /**
     * The other side, or the network, has ended the connection or refused it.
     *
     * @param httpStatus of a refused handshake, otherwise 0
     * @return nanoseconds until the next attempt, from {@code waits} unless the venue names another time
     */
    long retryAfter(int httpStatus, ReconnectWaits waits);

    /**
     * Whether the refusal is meant for this host, so that no other session may open a connection during the wait
     * either.
     */
    default boolean refusesHost(int httpStatus) {
        return false;
    }

    /**
     * The connection has ended, or could not be opened; the wait can still be changed by {@link
     * WebSocketSession#retryIn}.
     */
    void ended(SessionEnd end);

    /** Whether a connection that is old enough may be replaced now. */
    default boolean mayBeReplaced() {
        return true;
    }

    /** Whether it waits for its turn among the sessions; the others wait for it then. */
    default boolean opensInTurn() {
        return true;
    }

    /** No connection can be opened for so long, because the allowed number is used up. Told once an attempt. */
    default void budgetUsedUp(long nanos) {}
}
