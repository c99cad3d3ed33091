package dev.livefeed.app.api.response;

import java.util.Map;

/** What health shows of the application itself. */
public record ApplicationBody(String version, double uptimeSeconds, RoutesBody routes, Log log) {

    /** @param leftOut lines that were not logged, by kind */
    public record Log(Map<String, Long> leftOut) {}
}
