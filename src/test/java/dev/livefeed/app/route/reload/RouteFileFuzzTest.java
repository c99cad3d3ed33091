package dev.livefeed.app.route.reload;

import dev.livefeed.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** Any bytes are a route file within the limits, or a fault of that file. */
class RouteFileFuzzTest {

    @Test
    void files() throws Exception {
        new Fuzz("routes").run(bytes -> {
            RouteFault fault = RouteFileLimits.fault("mine.camel.yaml", bytes);
            return fault == null ? null : fault.toString();
        });
    }
}
