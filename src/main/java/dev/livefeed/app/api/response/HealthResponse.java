package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.recording.RecordingResponse;
import dev.livefeed.app.state.Saving;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The health of the whole program. */
public record HealthResponse(
        @JsonUnwrapped ConnectorBodies connectors,
        List<TopicHealth> subscriptions,
        Map<String, InstrumentHealth> symbols,
        Letters deadLetters,
        StreamBody stream,
        Map<String, Saving.View> state,
        @JsonUnwrapped Delivery delivery,
        ApplicationBody application) {

    /**
     * The sources.
     *
     * @param connector the first or only one
     * @param connectors all of them by venue, and what they come to; null if there is one
     */
    public record ConnectorBodies(
            ConnectorBody connector,
            @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, ConnectorBody> connectors,
            @JsonInclude(JsonInclude.Include.NON_NULL) OverallBody overall) {}

    /** The feeds of all sources together. */
    public record OverallBody(
            String state,
            boolean connected,
            boolean fresh,
            boolean synthetic,
            boolean ready,
            List<String> reasons,
            ReadinessBody readiness,
            @JsonInclude(JsonInclude.Include.NON_NULL) Standby standby) {}

    /**
     * Two sources of which one is used.
     *
     * @param used venue of the one that is used
     * @param reason why it is the standby; null, like since, if it is the main one
     */
    public record Standby(String main, String standby, String used, String reason, Instant since) {}

    /**
     * What leaves the program.
     *
     * @param recording the files that events are written into
     */
    public record Delivery(@JsonUnwrapped Outputs outputs, RecordingResponse recording) {}

    /** What waits for receivers: the queues in memory of routes, and the sinks with a buffer on the disk. */
    public record Outputs(Map<String, QueueBody> queues, Map<String, SinkBody> sinks) {}

    /** A subscription and its state. */
    public record TopicHealth(
            String channel,
            @JsonUnwrapped InstrumentBody instrument,
            String state,
            String reason,
            long events,
            Double secondsSinceLastEvent) {}

    /** The state of a symbol; the listing is null until the connector has reported it. */
    public record InstrumentHealth(
            String category,
            String venue,
            BigDecimal lastPrice,
            long trades,
            @JsonUnwrapped BookStatus book,
            long gaps,
            @JsonUnwrapped Listing listing) {}

    /**
     * @param book state of the deepest book, or {@code empty} before the first depth event
     * @param bookReason why the book is not synced, or null
     */
    public record BookStatus(String book, String bookReason, BigDecimal bestBid, BigDecimal bestAsk) {}

    public record Listing(
            String tradingStatus,
            BigDecimal tickSize,
            BigDecimal qtyStep,
            @JsonInclude(JsonInclude.Include.NON_NULL) String deliveryTime) {}

    /** Lines that could not be used. */
    public record Letters(long total, Map<String, Long> byReason) {}
}
