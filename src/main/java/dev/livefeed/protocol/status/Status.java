package dev.livefeed.protocol.status;

import dev.livefeed.protocol.model.Event;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a connector, or the application about it, reports: one record for each status of the protocol. */
public sealed interface Status extends Event
        permits ConnectionUp,
                ConnectionDown,
                ConnectionClosed,
                ConnectionRecycled,
                Throttled,
                Degraded,
                Subscribed,
                Unsubscribed,
                Resyncing,
                Synced,
                BookSuspect,
                Repaired,
                Gap,
                TopicStatus,
                InstrumentInfo,
                Delisting,
                InstrumentEnded,
                AccountConnectionStatus,
                ReplayStatus,
                Exhausted,
                HistoryDone,
                Maintenance,
                ConnectorLimit,
                Heartbeat,
                UnknownStatus {

    String TYPE = "status";

    /** The word of the line's field {@code status}. */
    String status();

    Head head();

    <R> R accept(StatusVisitor<R> visitor);

    /** The status of a line; a field that the status does not have, or of another form, is kept as it is. */
    static Status of(String status, Head head, Map<String, Object> details) {
        StatusBinding binding = StatusBinding.of(status);
        return binding == null ? new UnknownStatus(status, head, details) : binding.read(head, details);
    }

    /** Every other field of the line by its name, in its order, as the line has it: for lines, logs and routes. */
    default Map<String, Object> details() {
        return StatusBinding.of(status()).details(this);
    }

    @Override
    default String type() {
        return TYPE;
    }

    /** Name of the connector, or null. */
    default String connector() {
        return head().connector();
    }

    @Override
    default String symbol() {
        return head().symbol();
    }

    /** The channel, or null. */
    default String channel() {
        return head().channel();
    }

    @Override
    default String venue() {
        return head().venue();
    }

    /** Id of the command that this answers, or null. */
    default String id() {
        return head().id();
    }

    /** Why, for people, or null. */
    default String reason() {
        return head().reason();
    }

    /**
     * The fields that any status may have.
     *
     * @param connector name of the connector, or null
     * @param symbol instrument, or null
     * @param channel {@code trades}, {@code depth} or another, or null
     * @param id id of the command that this answers, or null
     * @param reason for people, or null
     * @param venue of the source that the line is from, which the line does not contain; null if it is not known
     */
    record Head(String connector, String symbol, String channel, String id, String reason, String venue) {

        public Head(String connector, String symbol, String channel, String id, String reason) {
            this(connector, symbol, channel, id, reason, null);
        }

        /** Of a status about the whole connector, or one of its connections. */
        public static Head of(String connector, String reason) {
            return new Head(connector, null, null, null, reason);
        }

        /** Of a status about a channel of a symbol. */
        public static Head of(String connector, String symbol, String channel, String reason) {
            return new Head(connector, symbol, channel, null, reason);
        }
    }

    /**
     * What a line has beyond the fields of its status, so that nothing is lost when it is written again.
     *
     * @param values fields that this version does not know, or that have another form than it knows
     * @param order the names of all fields in the order of the line; empty where it is the usual one
     */
    record Extras(Map<String, Object> values, List<String> order) {

        public static final Extras NONE = new Extras(Map.of(), List.of());

        public Extras {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            order = List.copyOf(order);
        }
    }
}
