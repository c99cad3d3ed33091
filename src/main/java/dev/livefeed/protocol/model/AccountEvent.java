package dev.livefeed.protocol.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An event of the user's own account at the exchange. Private: never logged, and not market data. */
public interface AccountEvent extends TypedEvent {

    /** The types of these events. */
    List<String> TYPES = List.of("order", "execution", "booking", "position", "wallet");

    /** Whether the channel carries such events: the name of a private topic, such as {@code execution.fast}. */
    static boolean carriedBy(String channel) {
        int end = channel.indexOf('.');
        return TYPES.contains(end < 0 ? channel : channel.substring(0, end));
    }

    /** Further fields of the exchange, under the exchange's names. */
    Map<String, Object> raw();

    /** Exchange time. */
    default Instant timestamp() {
        return Times.instant(timestampMicros());
    }
}
