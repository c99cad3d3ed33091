package dev.livefeed.app.api;

import dev.livefeed.app.api.response.HealthResponse;
import dev.livefeed.app.api.response.QueueBody;
import dev.livefeed.app.api.response.SinkBody;
import dev.livefeed.app.health.QueueHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What leaves the program: queues, sinks, and the files that events are recorded into. */
public final class OutputsPayload {

    private final QueueHealth queues;
    private final RecordingApi recording;
    private final UnaryOperator<String> redact;

    /** @param redact removes secrets */
    public OutputsPayload(QueueHealth queues, RecordingApi recording, UnaryOperator<String> redact) {
        this.queues = queues;
        this.recording = recording;
        this.redact = redact;
    }

    /** The state at this moment. */
    public HealthResponse.Delivery body() {
        return new HealthResponse.Delivery(new HealthResponse.Outputs(queues(), sinks()), recording.get());
    }

    List<String> alarms() {
        return queues.alarms();
    }

    private Map<String, SinkBody> sinks() {
        Map<String, SinkBody> all = new LinkedHashMap<>();
        queues.sinks().forEach(sink -> all.put(sink.name(), SinkBody.of(sink, redact)));
        return all;
    }

    private Map<String, QueueBody> queues() {
        Map<String, QueueBody> all = new LinkedHashMap<>();
        queues.views().forEach(queue -> all.put(queue.name(), QueueBody.of(queue, redact)));
        return all;
    }
}
