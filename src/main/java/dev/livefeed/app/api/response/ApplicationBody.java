package dev.livefeed.app.api.response;

import java.util.Map;

/** The section of health about the application itself. */
public record ApplicationBody(String version, double uptimeSeconds, RoutesBody routes, Log log) {

    /** @param leftOut suppressed log lines, by kind */
    public record Log(Map<String, Long> leftOut) {}
}
