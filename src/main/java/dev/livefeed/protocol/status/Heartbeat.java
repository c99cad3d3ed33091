package dev.livefeed.protocol.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A sign of life of the connector process.
 *
 * @param figures whatever the connector counts and measures, by name
 */
public record Heartbeat(Head head, Map<String, Object> figures) implements Status {

    public static final String STATUS = "heartbeat";

    /** Figure that counts the rows, levels and fields which the connector could not read. */
    public static final String UNREADABLE = "unreadable_rows";

    /** Why a part of a frame or response cannot be read. */
    public enum UnreadableReason {
        /** It does not have the expected structure. */
        FORM,
        TIME,
        NUMBER,
        SIDE,
        ID,
        /** It names another instrument than its topic, or none where the topic has several. */
        SYMBOL,
        /** Each number is valid, but those of one side of a book have no common scale. */
        SCALE,
        /** The prices of a candle contradict each other. */
        PRICES;

        /** Figure that counts what could not be read for this reason. */
        public String figure() {
            return UNREADABLE + '_' + this;
        }

        /** Name in figures and metrics. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Heartbeat {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** Offset of the exchange's clock against the local clock in microseconds, or null if it is not measured. */
    public Long clockOffsetMicros() {
        return micros("clock_offset_ms");
    }

    /** By how much that may be wrong, in microseconds; null where the connector does not say. */
    public Long clockUncertaintyMicros() {
        return micros("clock_uncertainty_ms");
    }

    /** State of the circuit breaker for history requests, or null if it is not reported. */
    public String historyCircuit() {
        return figures.get("history_circuit") instanceof String state ? state : null;
    }

    /** Number of history requests that the connector works on. */
    public long historyOpen() {
        return figures.get("history_open") instanceof Number open ? open.longValue() : 0;
    }

    private Long micros(String field) {
        return figures.get(field) instanceof Number millis ? Math.round(millis.doubleValue() * 1_000) : null;
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.heartbeat(this);
    }
}
