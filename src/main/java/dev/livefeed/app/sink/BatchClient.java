package dev.livefeed.app.sink;

/** The connection to a server that takes lines. Used by one thread at a time. */
public interface BatchClient {

    /**
     * Sends all lines of the batch in order, connecting first if necessary, and returns when the server has confirmed
     * them.
     *
     * @throws LineRefused if it will never take one of them; some may have arrived
     * @throws Exception if it has not confirmed all of them; some may have arrived
     */
    void send(LineBatch batch) throws Exception;

    /** Ends the connection, so that nothing of what was sent can arrive from now on. The next batch connects again. */
    void close();
}
