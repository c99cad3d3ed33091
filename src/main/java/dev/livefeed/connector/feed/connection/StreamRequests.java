package dev.livefeed.connector.feed.connection;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.connector.session.MessageBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Subscribes the wanted streams on one connection, with as few messages as possible and within its
 * {@link MessageBudget}.
 *
 * <p>A refused request does not affect its valid streams: it is split in half until the refused stream is alone. A
 * request that is not answered is sent again, since both requests have no effect the second time.
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
    private final Set<S> toLeave = new LinkedHashSet<>();
    private final Deque<List<S>> halves = new ArrayDeque<>();
    private final Map<Long, Request<S>> underWay = new LinkedHashMap<>();
    private final Set<S> active = new LinkedHashSet<>();
    private boolean open;
    private int unanswered;

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

    private record Request<S>(boolean subscribe, List<S> streams, long sentAt) {}

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
        halves.clear();
        underWay.clear();
        List<S> were = List.copyOf(active);
        active.clear();
        were.forEach(listener::left);
    }

    /** The stream is wanted. */
    void want(S stream) {
        if (open && !active.contains(stream)) {
            toLeave.remove(stream);
            toAsk.add(stream);
        }
    }

    /** The stream is not wanted any more. */
    void leave(S stream) {
        boolean was = active.remove(stream);
        boolean asked = false;
        for (Request<S> request : underWay.values()) {
            // Its reply does not concern the stream any more.
            asked |= request.subscribe() && request.streams().remove(stream);
        }
        boolean queued = toAsk.remove(stream);
        queued |= halves.stream().anyMatch(half -> half.contains(stream));
        if (open && (was || asked || !queued)) {
            toLeave.add(stream);
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
                send(false, firstOf(toLeave));
            } else if (!halves.isEmpty()) {
                List<S> half = halves.poll().stream().filter(toAsk::remove).toList();
                if (!half.isEmpty()) {
                    send(true, half);
                }
            } else if (!toAsk.isEmpty()) {
                send(true, firstOf(toAsk));
            } else {
                return;
            }
        }
    }

    private List<S> firstOf(Set<S> queue) {
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
        first.forEach(queue::remove);
        return first;
    }

    private void send(boolean subscribe, List<S> streams) {
        long id = context.sessions().identifiers().next();
        underWay.put(id, new Request<>(subscribe, new ArrayList<>(streams), context.now()));
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
        if (error == null) {
            if (request.subscribe()) {
                List.copyOf(request.streams()).forEach(this::nowActive);
            }
        } else if (request.subscribe() && !request.streams().isEmpty()) {
            refused(List.copyOf(request.streams()), error);
        }
        flush();
    }

    /** Data of a stream shows that it is subscribed, even before the reply does. */
    private void nowActive(S stream) {
        if (!toLeave.contains(stream) && active.add(stream)) {
            listener.active(stream);
        }
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
                    request.streams().stream()
                            .filter(stream -> !wantedAgain(stream))
                            .forEach(toLeave::add);
                }
            }
        }
        flush();
    }

    /** Whether a stream of that name has been subscribed again. */
    private boolean wantedAgain(S stream) {
        return Stream.concat(active.stream(), toAsk.stream())
                .anyMatch(other -> other.text().equals(stream.text()));
    }
}
