package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.sink.SinkView;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** A sink and its buffer. */
public record SinkBody(
        List<String> types,
        @JsonUnwrapped Waiting waiting,
        @JsonUnwrapped Counts counts,
        QueueBody.Loss lastLoss,
        String lossReason,
        @JsonUnwrapped Failures failures,
        boolean read) {

    public record Waiting(long waiting, long bytes, long limitBytes, long oldestMs) {}

    public record Counts(long taken, long delivered, long lost, long damaged, long refused, long sequence) {}

    public record Failures(
            Instant failingSince,
            String lastFailure,
            Instant bufferFailingSince,
            String bufferFailure,
            Instant refusedAt,
            String refusal) {}

    /** @param redact removes secrets from reasons */
    public static SinkBody of(SinkView sink, UnaryOperator<String> redact) {
        SinkView.Waiting waiting = sink.waiting();
        SinkView.Counters counters = sink.counters();
        SinkView.Failures failures = sink.failures();
        return new SinkBody(
                sink.types(),
                new Waiting(waiting.events(), waiting.bytes(), waiting.limitBytes(), waiting.oldestMillis()),
                new Counts(
                        counters.taken(),
                        counters.delivered(),
                        counters.lost(),
                        counters.damaged(),
                        counters.refused(),
                        counters.sequence()),
                sink.losses().last() == null
                        ? null
                        : QueueBody.loss(sink.losses().last(), sink.losses().ongoing()),
                sink.losses().reason(),
                new Failures(
                        failures.since(),
                        redact.apply(failures.last()),
                        failures.diskSince(),
                        failures.disk(),
                        failures.refusedAt(),
                        redact.apply(failures.refusal())),
                sink.read());
    }
}
