package dev.livefeed.protocol.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Something that happened in the user's own account at the exchange. Private: it is no market data and is never logged. */
public interface AccountEvent extends TypedEvent {

    /** The types of these events. */
    List<String> TYPES = List.of("order", "execution", "position", "wallet");

    /** Whatever else the exchange said of it, under the exchange's names. */
    Map<String, Object> raw();

    /** Exchange time. */
    default Instant timestamp() {
        return Times.instant(timestampMicros());
    }
}
