package dev.livefeed.protocol.status;

import dev.livefeed.protocol.status.Status.Head;
import java.util.LinkedHashMap;
import java.util.Map;

/** Statuses by their word and their fields, as lines have them. */
public final class Statuses {

    private Statuses() {}

    public static Status of(String status, String connector) {
        return Status.of(status, Head.of(connector, null), Map.of());
    }

    public static Status of(
            String status,
            String connector,
            String symbol,
            String channel,
            String id,
            String reason,
            Map<String, Object> details) {
        return Status.of(status, new Head(connector, symbol, channel, id, reason), details);
    }

    /** The same with one more field. */
    public static Status with(Status status, String field, Object value) {
        Map<String, Object> details = new LinkedHashMap<>(status.details());
        details.put(field, value);
        return Status.of(status.status(), status.head(), details);
    }
}
