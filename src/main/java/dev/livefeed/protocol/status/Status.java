package dev.livefeed.protocol.status;

import dev.livefeed.protocol.model.Event;
import java.util.Map;

/**
 * What a connector says of itself.
 *
 * @param status the state, one of the constants here or another that is shown and not acted on
 * @param connector name of the connector, or null
 * @param symbol instrument, or null
 * @param channel {@code trades}, {@code depth} or another, or null
 * @param id id of the command that this answers, or null
 * @param reason for people, or null
 * @param details every other field of the line, in its order
 */
public record Status(
        String status,
        String connector,
        String symbol,
        String channel,
        String id,
        String reason,
        Map<String, Object> details)
        implements Event {

    public static final String TYPE = "status";

    public static final String CONNECTED = "connected";
    public static final String DISCONNECTED = "disconnected";
    /** A connection was closed for good, since nothing is wanted of it any more. */
    public static final String CLOSED = "closed";

    public static final String SUBSCRIBED = "subscribed";
    public static final String UNSUBSCRIBED = "unsubscribed";
    public static final String RESYNCING = "resyncing";
    public static final String SYNCED = "synced";
    public static final String REPAIRED = "repaired";
    public static final String GAP = "gap";
    public static final String HEARTBEAT = "heartbeat";
    public static final String DEGRADED = "degraded";
    /** The connection to the account's own stream is open, the keys are being shown. */
    public static final String AUTHENTICATING = "authenticating";
    /** The keys are taken. */
    public static final String AUTHENTICATED = "authenticated";
    /** The account's own stream is lost; says nothing of the market data. */
    public static final String PRIVATE_DISCONNECTED = "private_disconnected";

    @Override
    public String type() {
        return TYPE;
    }

    /** Whether other connections of the connector are open: then what is said of this one holds for it alone. */
    public boolean othersOpen() {
        return details.get("open") instanceof Number open && open.longValue() > 0;
    }

    /** A state of the whole connector. */
    public static Status of(String status, String connector) {
        return new Status(status, connector, null, null, null, null, Map.of());
    }

    /** The same with one more field. */
    public Status with(String field, Object value) {
        var more = new java.util.LinkedHashMap<>(details);
        more.put(field, value);
        return new Status(status, connector, symbol, channel, id, reason, more);
    }
}
