package dev.livefeed.protocol.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A status that this version does not know: shown, and not acted on. */
public record UnknownStatus(String status, Head head, Map<String, Object> details) implements Status {

    public UnknownStatus {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.unknownStatus(this);
    }
}
