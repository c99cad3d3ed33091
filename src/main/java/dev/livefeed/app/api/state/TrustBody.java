package dev.livefeed.app.api.state;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.ConnectorBody;
import dev.livefeed.app.api.response.InstrumentBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Whether the feed can be trusted: the state {@code health} of the stream.
 *
 * @param startedAt when this run of the program began
 */
record TrustBody(
        String version,
        Instant startedAt,
        @JsonUnwrapped FeedTrust trust,
        boolean replay,
        List<String> alarms,
        List<SourceTrust> sources,
        List<InstrumentTrust> instruments) {

    /** @param reasons why it is not ready */
    record FeedTrust(
            String state, boolean connected, boolean fresh, boolean ready, boolean synthetic, List<String> reasons) {

        FeedTrust with(List<String> otherReasons) {
            return new FeedTrust(state, connected, fresh, ready, synthetic, otherReasons);
        }
    }

    /** One source. */
    record SourceTrust(
            String venue,
            String source,
            @JsonUnwrapped FeedTrust trust,
            boolean replay,
            List<String> alarms,
            @JsonUnwrapped Process process,
            @JsonUnwrapped Figures figures,
            Today today) {

        SourceTrust with(List<String> otherReasons, List<String> otherAlarms, Figures otherFigures) {
            return new SourceTrust(
                    venue, source, trust.with(otherReasons), replay, otherAlarms, process, otherFigures, today);
        }
    }

    /**
     * @param retry null if the process is stable
     * @param blocked null if no step is blocked
     */
    record Process(ProcessBody process, Retry retry, Map<String, String> connectionsDown, Blocked blocked) {}

    /** @param startedAt null while no process runs */
    record ProcessBody(boolean alive, Long pid, String phase, Instant startedAt) {}

    /** @param nextAt null while a process runs */
    record Retry(int attempt, int of, long round, Instant nextAt) {}

    record Blocked(String route, String step, Instant since) {}

    /** What changes with each event. */
    record Figures(Instant lastEventAt, Lag lag, ConnectorBody.Clock clock) {

        static final Figures NONE = new Figures(null, null, null);
    }

    record Lag(double p50Ms, double p99Ms, long events) {}

    record Today(Instant since, long gaps, long repairedTrades, long resyncs, long disconnects, long restarts) {}

    /** @param reasons why it is not ready */
    record InstrumentTrust(
            @JsonUnwrapped InstrumentBody instrument,
            boolean ready,
            boolean synthetic,
            List<String> reasons,
            @JsonUnwrapped BookBody book,
            String tradingStatus) {}

    record BookBody(String book, String bookReason) {}
}
