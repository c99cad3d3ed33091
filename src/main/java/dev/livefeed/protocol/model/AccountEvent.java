package dev.livefeed.protocol.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An event of the user's own account at the exchange. Private: never logged, and not market data. */
public interface AccountEvent extends TypedEvent {

    /** The types of these events. */
    List<String> TYPES = List.of("order", "execution", "booking", "position", "wallet");

    /** Further fields of the exchange, under the exchange's names. */
    Map<String, Object> raw();

    /** Exchange time. */
    default Instant timestamp() {
        return Times.instant(timestampMicros());
    }
}
