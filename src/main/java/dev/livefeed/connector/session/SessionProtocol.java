package dev.livefeed.connector.session;

/**
 * The venue-specific part of a {@link WebSocketSession}: pings, authentication and subscription on a new
 * connection, and the meaning of rejections. Called on the event loop; a method may end the session's connection.
 */
public interface SessionProtocol {

    /**
     * Sends a ping: the venue's own by {@link WebSocketSession#send}, or {@link WebSocketSession#sendPing} if it has
     * none.
     */
    void ping();

    /** The connection is open without any subscription. */
    void opened();

    /**
     * The connection was replaced as scheduled. The new connection is open without any subscription.
     *
     * @param ageMillis age of the replaced connection
     */
    default void replaced(long ageMillis) {
        opened();
    }

    /**
     * A complete message was received.
     *
     * @param bytes valid during the call only
     * @param receivedAt time of the socket read, microseconds since 1970
     */
    void frame(byte[] bytes, int offset, int length, long receivedAt);

    /**
     * Called periodically while the connection answers pings, but has carried no data for an unusual time. That may
     * be a quiet market.
     *
     * @param nanos duration of the silence
     * @return what shows that data is missing, so that the connection is replaced; null to keep it
     */
    default String stalled(long nanos) {
        return null;
    }

    /** Called periodically while the connection is open and alive. */
    void tick();

    /**
     * Returns the wait after the server or the network ended the connection or rejected it.
     *
     * @param httpStatus status of a rejected handshake, otherwise 0
     * @return nanoseconds until the next attempt, from {@code waits} unless the venue specifies another time
     */
    long retryAfter(int httpStatus, ReconnectWaits waits);

    /**
     * Whether the rejection applies to this host, so that no other session may connect during the wait either.
     */
    default boolean refusesHost(int httpStatus) {
        return false;
    }

    /**
     * The connection ended or could not be opened. {@link WebSocketSession#retryIn} may change the wait.
     */
    void ended(SessionEnd end);

    /** Whether a connection that has reached its maximum age may be replaced now. */
    default boolean mayBeReplaced() {
        return true;
    }

    /** Whether connection attempts wait for their turn in the {@link ConnectionBudget} and block those of others. */
    default boolean attemptsQueued() {
        return true;
    }

    /**
     * No connection can be opened because the {@link ConnectionBudget} is used up. Called once per attempt.
     *
     * @param nanos time until an attempt is allowed again
     */
    default void budgetUsedUp(long nanos) {}
}
