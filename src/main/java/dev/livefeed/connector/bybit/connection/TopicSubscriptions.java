package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.Topic.Wire;
import dev.livefeed.connector.sdk.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the topics of one connection to their wanted state with as few requests as possible.
 *
 * <p>No other class changes the state of a topic on the wire. A refused request does not affect its valid topics: the
 * named topic is dropped and the others are subscribed again; if none is named, the request is split in half. A topic
 * with a temporary failure of the venue is subscribed in a request of its own, after a separate wait.
 */
final class TopicSubscriptions {

    /** The venue's limit for spot; elsewhere, small requests limit the effect of a refusal. */
    private static final int TOPICS_PER_REQUEST = 10;

    private static final int REQUESTS_UNDER_WAY = 20;
    private static final int UNANSWERED_IN_A_ROW = 3;
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final FeedContext context;
    private final Wiring wiring;
    private final Set<Topic> toAsk = new LinkedHashSet<>();
    private final Set<Topic> toLeave = new LinkedHashSet<>();
    private final Deque<List<Topic>> halves = new ArrayDeque<>();
    private final Map<String, SubscribeRequest> underWay = new LinkedHashMap<>();
    private final Map<Topic, TemporaryFailure> failing = new LinkedHashMap<>();
    private final Set<Topic> alone = new LinkedHashSet<>();
    private final Backoff throttle;
    private boolean held;
    private long heldUntil;
    private boolean open;
    private int unanswered;

    /** Connection to the owner of the subscriptions. */
    interface Wiring {

        void send(String text);

        /** The venue accepted the topic. */
        void active(Topic topic);

        /** The topic is not subscribed at the moment, whether or not it is still wanted. */
        void offWire(Topic topic);

        /** The topic is neither subscribed nor wanted any more. */
        void left(Topic topic);

        /** The venue refused the topic. */
        void refused(Topic topic, String text);

        /** The venue limits requests or has a temporary failure; no request is sent for the given time. */
        void throttled(String text, long waitMillis);

        /** The venue has a temporary failure for this topic; it is subscribed alone after the given time. */
        void topicDelayed(Topic topic, String text, long waitMillis);

        /** Requests are not answered: the connection is unusable. */
        void dead(String reason);
    }

    TopicSubscriptions(FeedContext context, Wiring wiring) {
        this.context = context;
        this.wiring = wiring;
        this.heldUntil = context.now();
        this.throttle = new Backoff(SHORTEST_WAIT, LONGEST_WAIT, context.random());
    }

    /** The connection is open; nothing is subscribed on it yet. */
    void opened() {
        open = true;
    }

    /** The connection has ended, with all requests and subscriptions. */
    void ended(Iterable<Topic> topics) {
        open = false;
        unanswered = 0;
        toAsk.clear();
        toLeave.clear();
        halves.clear();
        alone.clear();
        underWay.clear();
        failing.values().forEach(TemporaryFailure::endWait);
        for (Topic topic : topics) {
            topic.wire(Wire.NONE);
            topic.resubscribe(false);
            topic.announced(false);
        }
    }

    /** Queues the requests for a topic; {@link #flush} sends them. */
    void reconcile(Topic topic) {
        TemporaryFailure failure = failing.get(topic);
        if (topic.wire() == Wire.NONE && !topic.wanted()) {
            wiring.left(topic);
        } else if (topic.wire() == Wire.ACTIVE && topic.wanted() && !topic.resubscribe()) {
            toLeave.remove(topic);
            alone.remove(topic);
        } else if (failure != null && open && (topic.wire() == Wire.NONE || topic.wire() == Wire.ACTIVE)) {
            if (!failure.waiting()) {
                alone.add(topic);
            }
        } else if (topic.wire() == Wire.NONE && open) {
            toAsk.add(topic);
        } else if (topic.wire() == Wire.ACTIVE) {
            toLeave.add(topic);
        }
    }

    /** The topic no longer belongs to this connection. */
    void forget(Topic topic) {
        toAsk.remove(topic);
        toLeave.remove(topic);
        alone.remove(topic);
        failing.remove(topic);
    }

    /** Sends the queued requests. */
    void flush() {
        if (held && context.now() - heldUntil < 0) {
            return;
        }
        held = false;
        while (open && underWay.size() < REQUESTS_UNDER_WAY) {
            if (!toLeave.isEmpty()) {
                send(false, firstOf(toLeave));
            } else if (!alone.isEmpty()) {
                Topic topic = alone.iterator().next();
                alone.remove(topic);
                send(topic.wire() == Wire.NONE, List.of(topic));
            } else if (!halves.isEmpty()) {
                List<Topic> half =
                        halves.poll().stream().filter(this::stillToAsk).toList();
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

    private boolean stillToAsk(Topic topic) {
        if (topic.wire() != Wire.NONE || !topic.wanted()) {
            return false;
        }
        toAsk.remove(topic);
        return true;
    }

    private static List<Topic> firstOf(Set<Topic> queue) {
        List<Topic> first = queue.stream().limit(TOPICS_PER_REQUEST).toList();
        first.forEach(queue::remove);
        return first;
    }

    private void send(boolean subscribe, List<Topic> topics) {
        SubscribeRequest request =
                new SubscribeRequest("r" + context.sessions().identifiers().next(), subscribe, topics, context.now());
        underWay.put(request.id(), request);
        for (Topic topic : topics) {
            topic.wire(subscribe ? Wire.SUBSCRIBING : Wire.UNSUBSCRIBING);
            if (subscribe) {
                topic.requested(context.now());
                topic.stream().requested();
            }
        }
        wiring.send(request.text());
    }

    /** Handles a reply. */
    void answered(ParsedFrame frame) {
        unanswered = 0;
        if (!frame.success && frame.retMsg != null && RefusalText.tooMany(frame.retMsg)) {
            throttled(frame);
            return;
        }
        if (!frame.success && frame.retMsg != null && RefusalText.temporary(frame.retMsg)) {
            temporaryFailure(frame);
            return;
        }
        if (!frame.successTopics.isEmpty() || !frame.failTopics.isEmpty()) {
            answeredByTopic(frame);
            return;
        }
        SubscribeRequest request = requestOf(frame);
        if (request == null) {
            return;
        }
        underWay.remove(request.id());
        if (!request.subscribe()) {
            // A refused unsubscribe needs no action: if the topic is still subscribed, the next subscribe request shows
            // it.
            request.topics().forEach(this::nowLeft);
        } else if (frame.success) {
            if (request.sentAt() - heldUntil > 0) {
                throttle.reset();
            }
            request.topics().forEach(this::nowActive);
        } else {
            refused(request, frame.retMsg == null ? "refused without a reason" : frame.retMsg);
        }
    }

    /** The venue limits requests: no topic is refused, and all requests wait. */
    private void throttled(ParsedFrame frame) {
        SubscribeRequest request = requestOf(frame);
        if (request != null) {
            undone(request);
            request.topics().forEach(this::reconcile);
        }
        hold(frame.retMsg);
    }

    /**
     * Handles a temporary failure of the venue, which refuses no topic. If a single topic causes it, the others must
     * not wait for it: a request for several topics is split in half, and a topic that was alone in its request waits
     * alone.
     */
    private void temporaryFailure(ParsedFrame frame) {
        SubscribeRequest request = requestOf(frame);
        if (request == null) {
            return;
        }
        undone(request);
        if (request.subscribe() && request.topics().size() > 1) {
            request.topics().forEach(this::reconcile);
            inHalves(request.topics());
            hold(frame.retMsg);
            return;
        }
        for (Topic topic : request.topics()) {
            long wait = failing.computeIfAbsent(topic, key -> new TemporaryFailure())
                    .beginWait();
            context.figures().throttled++;
            reconcile(topic);
            if (failing.containsKey(topic)) {
                wiring.topicDelayed(topic, frame.retMsg, wait / 1_000_000L);
            }
        }
    }

    private void undone(SubscribeRequest request) {
        underWay.remove(request.id());
        if (request.subscribe()) {
            request.topics().forEach(topic -> topic.wire(Wire.NONE));
        } else {
            request.topics().forEach(this::notLeft);
        }
    }

    /** Sends no requests for some time. Replies to pending requests do not extend the wait. */
    private void hold(String text) {
        context.figures().throttled++;
        if (held && context.now() - heldUntil < 0) {
            return;
        }
        long wait = throttle.next();
        held = true;
        heldUntil = context.now() + wait;
        wiring.throttled(text, wait / 1_000_000L);
    }

    /**
     * The topic could not be unsubscribed, so its state is unknown, and frames received meanwhile were dropped. It is
     * unsubscribed once more, and then subscribed again if it is wanted.
     */
    private void notLeft(Topic topic) {
        topic.wire(Wire.ACTIVE);
        topic.resubscribe(true);
        if (!(topic.stream() instanceof BookStream)) {
            topic.stream().ended();
        }
    }

    private void inHalves(List<Topic> topics) {
        int middle = (topics.size() + 1) / 2;
        halves.add(topics.subList(0, middle));
        halves.add(topics.subList(middle, topics.size()));
    }

    /** For options, the reply has lists of topics and no request id. */
    private void answeredByTopic(ParsedFrame frame) {
        for (SubscribeRequest request : List.copyOf(underWay.values())) {
            boolean meant = false;
            for (Topic topic : request.topics()) {
                String name = topic.name().text();
                if (frame.failTopics.contains(name)) {
                    meant = true;
                    if (request.subscribe()) {
                        nowRefused(topic, frame.retMsg == null ? "refused without a reason" : frame.retMsg);
                    } else {
                        nowLeft(topic);
                    }
                } else if (frame.successTopics.contains(name)) {
                    meant = true;
                    if (request.subscribe()) {
                        nowActive(topic);
                    } else {
                        nowLeft(topic);
                    }
                }
            }
            if (meant) {
                underWay.remove(request.id());
                request.topics().forEach(this::stillUnanswered);
                return;
            }
        }
    }

    /** Subscribes a topic again that the reply to its request did not name. */
    private void stillUnanswered(Topic topic) {
        if (topic.wire() == Wire.SUBSCRIBING) {
            topic.wire(Wire.NONE);
            reconcile(topic);
        }
    }

    private SubscribeRequest requestOf(ParsedFrame frame) {
        if (frame.reqId != null && !frame.reqId.isEmpty()) {
            return underWay.get(frame.reqId);
        }
        // On spot, refusals have no request id: the topic in the text identifies the request, otherwise it is the
        // oldest one. If it is the topic of a request of another kind, an earlier request for it was given up.
        SubscribeRequest oldest = null;
        boolean late = false;
        for (SubscribeRequest request : underWay.values()) {
            boolean named = frame.retMsg != null
                    && !RefusalText.named(frame.retMsg, request.topics()).isEmpty();
            if (frame.op != null && !frame.op.equals(request.op())) {
                late |= named;
                continue;
            }
            oldest = oldest == null ? request : oldest;
            if (named) {
                return request;
            }
        }
        return late ? null : oldest;
    }

    private void refused(SubscribeRequest request, String text) {
        List<Topic> topics = request.topics();
        List<Topic> named = RefusalText.named(text, topics);
        if (named.isEmpty() && topics.size() == 1) {
            named = topics;
        }
        for (Topic topic : named) {
            if (RefusalText.alreadySubscribed(text)) {
                nowActive(topic);
            } else {
                nowRefused(topic, text);
            }
        }
        List<Topic> others = new ArrayList<>(topics);
        others.removeAll(named);
        others.forEach(topic -> topic.wire(Wire.NONE));
        others.forEach(this::reconcile);
        if (named.isEmpty()) {
            inHalves(others);
        }
    }

    private void nowActive(Topic topic) {
        if (topic.wire() == Wire.SUBSCRIBING) {
            topic.wire(Wire.ACTIVE);
            failing.remove(topic);
            wiring.active(topic);
            reconcile(topic);
        }
    }

    private void nowLeft(Topic topic) {
        if (topic.wire() == Wire.UNSUBSCRIBING) {
            topic.wire(Wire.NONE);
            topic.resubscribe(false);
            failing.remove(topic);
            wiring.offWire(topic);
            reconcile(topic);
        }
    }

    private void nowRefused(Topic topic, String text) {
        topic.wire(Wire.NONE);
        topic.resubscribe(false);
        if (!topic.wanted()) {
            // It was unsubscribed meanwhile: there is nothing to report or to try again.
            reconcile(topic);
            return;
        }
        topic.wanted(false);
        wiring.refused(topic, text);
    }

    /** Checks for unanswered requests and for topics whose wait is over. */
    void tick() {
        List.copyOf(failing.keySet()).forEach(this::reconcile);
        long limit = context.settings().limits().ack().toNanos();
        for (SubscribeRequest request : List.copyOf(underWay.values())) {
            if (context.now() - request.sentAt() > limit && underWay.remove(request.id()) != null) {
                unanswered(request);
            }
        }
    }

    private void unanswered(SubscribeRequest request) {
        if (++unanswered >= UNANSWERED_IN_A_ROW) {
            wiring.dead(UNANSWERED_IN_A_ROW + " requests were not answered within "
                    + context.settings().limits().ack().toSeconds() + " s");
            return;
        }
        // The request may have been processed, so topics that may be subscribed are unsubscribed first.
        List<Topic> unsure = new ArrayList<>();
        for (Topic topic : request.topics()) {
            if (request.subscribe() && topic.framesSince(request.sentAt())) {
                nowActive(topic);
            } else if (topic.wire() == (request.subscribe() ? Wire.SUBSCRIBING : Wire.UNSUBSCRIBING)) {
                unsure.add(topic);
            }
        }
        if (!unsure.isEmpty()) {
            send(false, unsure);
        }
    }

    /** Wait of a topic with temporary failures before it is subscribed alone. */
    private final class TemporaryFailure {

        private final Backoff backoff = new Backoff(SHORTEST_WAIT, LONGEST_WAIT, context.random());
        private boolean waiting;
        private long until;

        long beginWait() {
            long wait = backoff.next();
            waiting = true;
            until = context.now() + wait;
            return wait;
        }

        boolean waiting() {
            return waiting && context.now() - until < 0;
        }

        void endWait() {
            waiting = false;
        }
    }
}
