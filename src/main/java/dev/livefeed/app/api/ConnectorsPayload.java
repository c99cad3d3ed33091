package dev.livefeed.app.api;

import dev.livefeed.app.api.response.ConnectorBody;
import dev.livefeed.app.api.response.HealthResponse;
import dev.livefeed.app.api.response.ReadinessBody;
import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.health.FeedVerdict;
import dev.livefeed.app.health.OverallVerdict;
import dev.livefeed.app.process.standby.StandbySource;
import dev.livefeed.app.settings.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of {@code GET /ws/health} about the connectors: the first one as ever, and each if there are several. */
public final class ConnectorsPayload {

    private final Map<String, ConnectorPayload> byVenue;
    private final AllFeeds feeds;
    private final StandbySource standby;
    private final Secrets secrets;

    /** @param byVenue in the configured order, at least one */
    public ConnectorsPayload(Map<String, ConnectorPayload> byVenue, AllFeeds feeds, Secrets secrets) {
        this(byVenue, feeds, null, secrets);
    }

    /**
     * @param byVenue in the configured order, at least one
     * @param standby says which of two sources is used; null if all are
     */
    public ConnectorsPayload(
            Map<String, ConnectorPayload> byVenue, AllFeeds feeds, StandbySource standby, Secrets secrets) {
        this.standby = standby;
        this.byVenue = new LinkedHashMap<>(byVenue);
        this.feeds = feeds;
        this.secrets = secrets;
    }

    /** @param alarms of what the sources share, shown with the first one */
    HealthResponse.ConnectorBodies body(List<String> alarms) {
        Map<String, ConnectorBody> all = new LinkedHashMap<>();
        byVenue.forEach((venue, payload) -> {
            FeedVerdict verdict = payload.verdict();
            Stream<String> own = payload.alarms(verdict).stream();
            Stream<String> first = all.isEmpty() ? alarms.stream() : Stream.empty();
            all.put(
                    venue,
                    payload.body(
                            verdict,
                            Stream.concat(first, own)
                                    .limit(ConnectorPayload.MAX_LISTED)
                                    .toList()));
        });
        ConnectorBody first = all.values().iterator().next();
        return all.size() == 1
                ? new HealthResponse.ConnectorBodies(first, null, null)
                : new HealthResponse.ConnectorBodies(first, all, overall());
    }

    private HealthResponse.OverallBody overall() {
        OverallVerdict verdict = feeds.overall();
        return new HealthResponse.OverallBody(
                verdict.state().toString(),
                verdict.connected(),
                verdict.fresh(),
                verdict.synthetic(),
                verdict.ready(),
                verdict.reasons().stream()
                        .limit(ConnectorPayload.MAX_LISTED)
                        .map(secrets::redact)
                        .toList(),
                ReadinessBody.of(verdict.readiness(), secrets::redact),
                standby());
    }

    private HealthResponse.Standby standby() {
        if (standby == null) {
            return null;
        }
        StandbySource.Switch active = standby.active();
        return active == null
                ? new HealthResponse.Standby(standby.main(), standby.standby(), standby.main(), null, null)
                : new HealthResponse.Standby(
                        standby.main(),
                        standby.standby(),
                        standby.standby(),
                        secrets.redact(active.reason()),
                        active.since());
    }

    /** What the sources are busy with after a start, on one line; empty when they are done. */
    public String progress() {
        List<String> parts = new ArrayList<>();
        byVenue.forEach((venue, payload) -> {
            String text = ProgressText.of(payload.progress());
            if (!text.isEmpty()) {
                parts.add(byVenue.size() == 1 ? text : venue + ": " + text);
            }
        });
        return String.join("; ", parts);
    }

    /** This section as text for the health log line. */
    String line() {
        return byVenue.size() == 1
                ? byVenue.values().iterator().next().line()
                : byVenue.entrySet().stream()
                        .map(one ->
                                "venue=" + one.getKey() + ' ' + one.getValue().line())
                        .collect(Collectors.joining(" "));
    }
}
