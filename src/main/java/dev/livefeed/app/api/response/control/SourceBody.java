package dev.livefeed.app.api.response.control;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import java.time.Instant;
import java.util.List;

/**
 * A source, its connector and what it is subscribed to.
 *
 * @param pid null while no process runs
 * @param paused null if the connector is not paused
 * @param nextStartAt null if no start is planned
 */
public record SourceBody(
        String venue,
        String source,
        String phase,
        Long pid,
        Paused paused,
        Instant nextStartAt,
        List<WantedInstrument> instruments,
        List<WantedChannel> channels) {

    public record Paused(String reason, Instant since) {}

    /** @param fromSettings whether it is wanted after a restart of the program too */
    public record WantedInstrument(@JsonUnwrapped InstrumentBody instrument, boolean fromSettings) {}

    /** @param fromSettings whether it is wanted after a restart of the program too */
    public record WantedChannel(String channel, boolean fromSettings) {}
}
