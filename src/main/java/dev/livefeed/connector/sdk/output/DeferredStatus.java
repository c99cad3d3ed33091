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

    /** Defers a status or failure; false if it is dropped or replaces an older one of its kind. */
    boolean add(Event event) {
        List<Object> subject = event instanceof Status status ? subject(status) : subject((Failure) event);
        boolean first = latest.remove(subject) == null;
        if (first && latest.size() >= MAX_EVENTS) {
            return false;
        }
        latest.put(subject, event);
        return first;
    }

    /** Returns and removes the deferred events. */
    List<Event> take() {
        List<Event> events = List.copyOf(latest.values());
        latest.clear();
        return events;
    }

    /** What a status is about: only the last one about it is kept. */
    private static List<Object> subject(Status status) {
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

    private static List<Object> subject(Failure failure) {
        return List.of(
                failure.type(),
                String.valueOf(failure.code()),
                String.valueOf(failure.channel()),
                String.valueOf(failure.symbol()),
                String.valueOf(failure.id()));
    }
}
