package dev.livefeed.connector.feed.connection;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.connector.sdk.Backoff;
import dev.livefeed.connector.session.MessageBudget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Subscribes the wanted streams on one connection, with as few messages as possible and within its
 * {@link MessageBudget}.
 *
 * <p>A refused request does not affect its valid streams: it is split in half until the refused stream is alone. A
 * request that is not answered is sent again, since both requests have no effect the second time.
 *
 * <p>The venue may carry each stream that it was asked for, whatever became of the request. Such a stream is
 * unsubscribed until the venue has accepted that: a refused request is repeated for one stream at a time, after a wait
 * that grows.
 */
final class StreamRequests<S extends CarriedStream> {

    private static final int REQUESTS_UNDER_WAY = 4;
    private static final int UNANSWERED_IN_A_ROW = 3;

    private final VenueContext context;
    private final Consumer<String> send;
    private final LinkProtocol<S> protocol;
    private final MessageBudget budget;
    private final Listener<S> listener;
    private final Set<S> toAsk = new LinkedHashSet<>();
    private final Map<String, S> toLeave = new LinkedHashMap<>();
    private final Deque<List<S>> halves = new ArrayDeque<>();
    private final Map<Long, Request<S>> underWay = new LinkedHashMap<>();
    private final Set<S> active = new LinkedHashSet<>();

    /** The names that the venue may carry, each with the last request that asked for it. */
    private final Map<String, Long> mayBeCarried = new HashMap<>();

    /** Streams that the venue has refused to unsubscribe. */
    private final Map<String, S> leaveLater = new LinkedHashMap<>();

    private final Backoff leaveWait;
    private long leaveAt;
    private boolean leaveSingly;
    private boolean open;
    private int unanswered;
    private long requests;

    /** Receives what became of the streams. */
    interface Listener<S> {

        /** The venue carries the stream on this connection. */
        void active(S stream);

        /** The connection does not carry the stream any more. */
        void left(S stream);

        /** The venue refuses the stream. */
        void refused(S stream, String text);

        /** Requests are not answered: the connection is unusable. */
        void dead(String reason);
    }

    /** @param number in the order of sending, in which the venue handles the requests */
    private record Request<S>(long number, boolean subscribe, List<S> streams, long sentAt) {}

    /** @param send sends a message on the connection */
    StreamRequests(
            VenueContext context,
            Consumer<String> send,
            LinkProtocol<S> protocol,
            MessageBudget budget,
            Listener<S> listener) {
        this.context = context;
        this.send = send;
        this.protocol = protocol;
        this.budget = budget;
        this.listener = listener;
        this.leaveWait = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), context.random());
    }

    /** The connection is open; nothing is subscribed on it yet. */
    void opened(Collection<S> wanted) {
        open = true;
        toAsk.addAll(wanted);
        flush();
    }

    /** The connection has ended, with all requests and subscriptions. */
    void ended() {
        open = false;
        unanswered = 0;
        toAsk.clear();
        toLeave.clear();
        leaveLater.clear();
        leaveWait.reset();
        mayBeCarried.clear();
        halves.clear();
        underWay.clear();
        List<S> were = List.copyOf(active);
        active.clear();
        were.forEach(listener::left);
    }

    /** The stream is wanted. */
    void want(S stream) {
        if (open && !active.contains(stream)) {
            toAsk.add(stream);
        }
    }

    /** The stream is not wanted any more. */
    void leave(S stream) {
        boolean was = active.remove(stream);
        for (Request<S> request : underWay.values()) {
            if (request.subscribe()) {
                // Its reply does not concern the stream any more.
                request.streams().remove(stream);
            }
        }
        toAsk.remove(stream);
        if (mayBeCarried.containsKey(stream.text())) {
            toLeave.put(stream.text(), stream);
        }
        if (was) {
            listener.left(stream);
        }
    }

    /** Unsubscribes the stream and subscribes it again. */
    void again(S stream) {
        if (open && active.contains(stream)) {
            leave(stream);
            toAsk.add(stream);
        }
    }

    /** Whether all these streams are carried. */
    boolean carries(Collection<S> streams) {
        return open && active.containsAll(streams);
    }

    boolean carries(S stream) {
        return active.contains(stream);
    }

    /** Sends queued requests as far as the budget allows. */
    void flush() {
        while (open && underWay.size() < REQUESTS_UNDER_WAY && budget.allows(context.now())) {
            if (!toLeave.isEmpty()) {
                List<S> leaving =
                        leaveSingly ? List.of(toLeave.values().iterator().next()) : firstOf(toLeave.values());
                leaving.forEach(stream -> toLeave.remove(stream.text()));
                send(false, leaving);
            } else if (!halves.isEmpty()) {
                List<S> half = halves.poll().stream().filter(toAsk::remove).toList();
                if (!half.isEmpty()) {
                    send(true, half);
                }
            } else if (!toAsk.isEmpty()) {
                List<S> asking = firstOf(toAsk);
                asking.forEach(toAsk::remove);
                send(true, asking);
            } else {
                return;
            }
        }
    }

    /** As many as fit into a request. */
    private List<S> firstOf(Collection<S> queue) {
        LinkProtocol.RequestLimits limits = protocol.limits();
        List<S> first = new ArrayList<>();
        int chars = 0;
        for (S stream : queue) {
            chars += stream.text().length() + 3;
            if (!first.isEmpty() && (chars > limits.chars() || first.size() == limits.streams())) {
                break;
            }
            first.add(stream);
        }
        return first;
    }

    private void send(boolean subscribe, List<S> streams) {
        long id = context.sessions().identifiers().next();
        long number = ++requests;
        underWay.put(id, new Request<>(number, subscribe, new ArrayList<>(streams), context.now()));
        if (subscribe) {
            streams.forEach(stream -> mayBeCarried.put(stream.text(), number));
        }
        budget.sent(context.now());
        send.accept(protocol.request(subscribe, streams, id));
    }

    /**
     * Handles a reply.
     *
     * @param error why the venue refuses the request, or null
     */
    void answered(long id, String error) {
        Request<S> request = underWay.remove(id);
        if (request == null) {
            return;
        }
        unanswered = 0;
        List<S> streams = List.copyOf(request.streams());
        if (!request.subscribe()) {
            if (error == null) {
                streams.forEach(stream -> left(stream, request.number()));
            } else {
                keptCarrying(streams);
            }
        } else if (error == null) {
            streams.forEach(this::nowActive);
        } else if (!streams.isEmpty()) {
            refused(streams, error);
        }
        flush();
    }

    private void nowActive(S stream) {
        if (active.add(stream)) {
            listener.active(stream);
        }
    }

    /** The venue does not carry the stream any more, unless it was asked for it again since that request. */
    private void left(S stream, long request) {
        mayBeCarried.computeIfPresent(stream.text(), (name, asked) -> asked < request ? null : asked);
        if (toLeave.isEmpty() && leaveLater.isEmpty()) {
            leaveSingly = false;
            leaveWait.reset();
        }
    }

    /** The venue has refused to unsubscribe these streams, one of which may be the reason. */
    private void keptCarrying(List<S> streams) {
        if (leaveLater.isEmpty()) {
            leaveAt = context.now() + leaveWait.next();
        }
        leaveSingly = true;
        streams.forEach(stream -> leaveLater.put(stream.text(), stream));
    }

    private void leave(Collection<S> streams) {
        streams.stream().filter(stream -> !wantedAgain(stream)).forEach(stream -> toLeave.put(stream.text(), stream));
    }

    private void refused(List<S> streams, String text) {
        if (streams.size() == 1) {
            listener.refused(streams.get(0), text);
            return;
        }
        toAsk.addAll(streams);
        int middle = (streams.size() + 1) / 2;
        halves.add(streams.subList(0, middle));
        halves.add(streams.subList(middle, streams.size()));
    }

    /** Checks for unanswered requests. */
    void tick() {
        long limit = context.limits().ack().toNanos();
        for (Map.Entry<Long, Request<S>> one : List.copyOf(underWay.entrySet())) {
            Request<S> request = one.getValue();
            if (context.now() - request.sentAt() > limit && underWay.remove(one.getKey()) != null) {
                if (++unanswered >= UNANSWERED_IN_A_ROW) {
                    listener.dead(UNANSWERED_IN_A_ROW + " requests were not answered within "
                            + context.limits().ack().toSeconds() + " s");
                    return;
                }
                if (request.subscribe()) {
                    toAsk.addAll(request.streams());
                } else {
                    leave(request.streams());
                }
            }
        }
        if (!leaveLater.isEmpty() && context.now() - leaveAt >= 0) {
            leave(leaveLater.values());
            leaveLater.clear();
        }
        flush();
    }

    /** Whether a stream of that name has been subscribed again, or is about to be. */
    private boolean wantedAgain(S stream) {
        return named(active, stream)
                || named(toAsk, stream)
                || underWay.values().stream()
                        .anyMatch(request -> request.subscribe() && named(request.streams(), stream));
    }

    private boolean named(Collection<S> streams, S stream) {
        return streams.stream().anyMatch(other -> other.text().equals(stream.text()));
    }
}
