package dev.livefeed.app.api;

import dev.livefeed.app.api.response.HealthResponse;
import dev.livefeed.app.api.response.StreamBody;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.health.StateHealth;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.stream.StreamFigures;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code GET /ws/health}: the format of the existing system, with additional fields. Stateless; a value that is not
 * known is null.
 */
public final class HealthPayload {

    private final ConnectorsPayload connectors;
    private final MarketPayload market;
    private final DeadLetters deadLetters;
    private final StreamFigures stream;
    private final StateHealth state;
    private final OutputsPayload outputs;
    private final ApplicationState application;
    private final Secrets secrets;

    /** @param application version and routes of the application */
    public HealthPayload(
            ConnectorsPayload connectors,
            MarketPayload market,
            DeadLetters deadLetters,
            StreamFigures stream,
            StateHealth state,
            OutputsPayload outputs,
            ApplicationState application,
            Secrets secrets) {
        this.connectors = connectors;
        this.market = market;
        this.deadLetters = deadLetters;
        this.stream = stream;
        this.state = state;
        this.outputs = outputs;
        this.application = application;
        this.secrets = secrets;
    }

    /** The complete payload. */
    public HealthResponse payload() {
        return new HealthResponse(
                connectors.body(alarms()),
                market.topics(),
                market.instruments(),
                new HealthResponse.Letters(deadLetters.total(), deadLetters.byReason()),
                StreamBody.of(stream),
                state.views(),
                delivery(),
                application.payload());
    }

    /** What leaves the program. */
    public HealthResponse.Delivery delivery() {
        return outputs.body();
    }

    /** Warnings that concern all sources, without secrets. */
    public List<String> alarms() {
        return Stream.of(
                        application.alarms().stream().map(secrets::redact),
                        state.alarms().stream().map(secrets::redact),
                        outputs.alarms().stream())
                .flatMap(alarms -> alarms)
                .limit(ConnectorPayload.MAX_LISTED)
                .toList();
    }

    /** The health log line. */
    public String line() {
        return connectors.line() + ' ' + market.line() + " dead_letters=" + deadLetters.total();
    }
}
