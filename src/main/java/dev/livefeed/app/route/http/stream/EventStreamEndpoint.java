package dev.livefeed.app.route.http.stream;

import dev.livefeed.app.api.access.OriginRule;
import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.app.stream.StreamHub;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /stream}: the messages of the stream as Server-Sent Events. A client whose connection was lost is kept for
 * a while, so that it can continue where it left off.
 */
final class EventStreamEndpoint {

    static final String PATH = "/stream";

    /** How long a client is kept without a connection. */
    private static final long KEPT_MILLIS = 30_000;

    private static final String RETRY_AFTER_SECONDS = "5";
    private static final Pattern ID = Pattern.compile("([0-9a-z]{1,13})-([0-9]{1,18})");

    private final StreamHub hub;
    private final StreamLoops loops;
    private final OriginRule origins;
    private final LongSupplier millis;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, EventStreamSink> sinks = new ConcurrentHashMap<>();

    /** @param millis the hub's clock */
    EventStreamEndpoint(StreamHub hub, StreamLoops loops, OriginRule origins, LongSupplier millis) {
        this.hub = hub;
        this.loops = loops;
        this.origins = origins;
        this.millis = millis;
        hub.onFull(this::endLongestAbsent);
    }

    void open(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String origin = request.getHeader("Origin");
        String refusal = origins.refusal(origin, request.getHeader("Host"));
        if (refusal != null) {
            StreamQuery.refuse(routing, hub, 403, refusal);
            return;
        }
        if (origin != null) {
            routing.response().putHeader("Access-Control-Allow-Origin", origin).putHeader("Vary", "Origin");
        }
        StreamQuery query;
        try {
            query = StreamQuery.of(request.params(), hub);
        } catch (StreamQuery.InvalidQueryException e) {
            StreamQuery.refuse(routing, hub, 400, e.getMessage());
            return;
        }
        String last = request.getHeader("Last-Event-ID");
        String notResumed = last == null ? null : resume(last, query, routing);
        if (last != null && notResumed == null) {
            return;
        }
        String full = hub.enter();
        if (full != null) {
            routing.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
            StreamQuery.refuse(routing, hub, 503, full);
            return;
        }
        String token = Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
        EventStreamSink sink = new EventStreamSink(token, query, hub, millis, () -> sinks.remove(token));
        sinks.put(token, sink);
        try {
            sink.attach(connection(routing, sink));
            hub.join(sink, query.subscription(), notResumed);
        } catch (RuntimeException e) {
            sink.close(1011, "the stream cannot be opened"); // gives its place back
            throw e;
        }
    }

    private EventStreamConnection connection(RoutingContext routing, EventStreamSink sink) {
        EventStreamConnection connection =
                new EventStreamConnection(routing, hub.limits().queueBytes() / 2, () -> hub.drained(sink));
        connection.open(loops, hub.limits().ping(), () -> {
            if (sink.detach(connection)) {
                routing.vertx().setTimer(KEPT_MILLIS, timer -> sink.endIfAbsent(connection));
            }
        });
        return connection;
    }

    /** Returns why the client cannot continue, or null if it does. */
    private String resume(String last, StreamQuery query, RoutingContext routing) {
        Matcher id = ID.matcher(last);
        if (!id.matches()) {
            return "Last-Event-ID is \"" + SafeText.shown(last) + "\", which is not an id of this stream";
        }
        EventStreamSink sink = sinks.get(id.group(1));
        if (sink == null) {
            return "the connection of Last-Event-ID was lost more than " + KEPT_MILLIS / 1_000
                    + " s ago, or its client was closed";
        }
        if (!sink.query().text().equals(query.text())) {
            return "the query differs from that of Last-Event-ID";
        }
        return sink.resume(Long.parseLong(id.group(2)), () -> connection(routing, sink));
    }

    private boolean endLongestAbsent() {
        return sinks.values().stream()
                .filter(sink -> sink.absentSince() >= 0)
                .min(Comparator.comparingLong(EventStreamSink::absentSince))
                .map(EventStreamSink::endIfAbsent)
                .orElse(false);
    }
}
