package dev.livefeed.app.tracing;

import java.util.Map;

/** An exporter of traces that is open. */
public interface TraceExport extends AutoCloseable {

    /** What Camel's tracer looks for in the registry, by name. */
    Map<String, Object> beans();

    /** Sends what waits to be sent, for a bounded time. */
    @Override
    void close();
}
