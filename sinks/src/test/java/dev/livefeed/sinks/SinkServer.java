package dev.livefeed.sinks;

import java.io.IOException;
import java.util.Map;

/** The server behind a sink, and how what it holds is read. */
interface SinkServer extends AutoCloseable {

    /** Name of the sink, as in {@code SINKS}. */
    String sink();

    /** Settings of the sink, as environment variables. */
    Map<String, String> settings();

    /** The process, which has not been started. */
    ServerProcess process();

    /**
     * Reads everything the server has, in its order, as {@code doc/SINKS.md} tells readers to, and passes it to the
     * check.
     */
    void read(DeliveryCheck check) throws Exception;

    /** Does what others may do to the server, while it is slow. */
    default void disturb() throws Exception {}

    /** Ends readers and the server. */
    @Override
    void close() throws IOException;
}
