package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statuses and errors that exceed the output limit: the latest of each kind and subject, in order, until there is room
 * again.
 */
final class DeferredStatus {

    private static final int MAX_EVENTS = 5_000;

    private final Map<List<Object>, Event> latest = new LinkedHashMap<>();

    boolean isEmpty() {
        return latest.isEmpty();
    }

    /** Defers the event; false if it is dropped or replaces an older one of its kind. */
    boolean add(Event event) {
        List<Object> key = key(event);
        boolean first = latest.remove(key) == null;
        if (first && latest.size() >= MAX_EVENTS) {
            return false;
        }
        latest.put(key, event);
        return first;
    }

    /** Returns and removes the deferred events. */
    List<Event> take() {
        List<Event> events = List.copyOf(latest.values());
        latest.clear();
        return events;
    }

    private static List<Object> key(Event event) {
        if (event instanceof Status status) {
            Map<String, Object> details = status.details();
            return List.of(
                    status.status(),
                    String.valueOf(details.get("category")),
                    String.valueOf(details.get("connection")),
                    String.valueOf(details.get("levels")),
                    String.valueOf(status.channel()),
                    String.valueOf(status.symbol()),
                    String.valueOf(status.id()));
        }
        if (event instanceof Failure failure) {
            return List.of(
                    event.type(),
                    String.valueOf(failure.code()),
                    String.valueOf(failure.channel()),
                    String.valueOf(failure.symbol()),
                    String.valueOf(failure.id()));
        }
        return List.of(event.type());
    }
}
