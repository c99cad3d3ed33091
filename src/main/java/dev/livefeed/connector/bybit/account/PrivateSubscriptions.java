package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.sdk.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Subscribes the topics of the private stream on each new connection.
 *
 * <p>Each topic is sent in a request of its own, because a refusal applies to the whole request, and because topics of
 * all categories must not be mixed with topics of one category. A request without a reply is sent once more; then the
 * topic counts as subscribed, since its rows may arrive anyway. A refused topic is not requested again.
 */
final class PrivateSubscriptions {

    private static final int ASKED_AT_MOST = 2;

    private final List<PrivateTopic> topics;
    private final List<PrivateTopic> wanted;
    private final Wiring wiring;
    private final TimeSource time;
    private final IntSupplier identifiers;
    private final Duration limit;
    private final Map<String, Request> underWay = new LinkedHashMap<>();
    private boolean settled = true;

    private record Request(PrivateTopic topic, int attempt, long sentAt) {}

    /** Connection to the owner of the subscriptions. */
    interface Wiring {

        void send(String text);

        void subscribed(PrivateTopic topic);

        void refused(PrivateTopic topic, String text);

        void unanswered(PrivateTopic topic);

        /** Every topic has been answered. */
        void settled();
    }

    PrivateSubscriptions(
            List<PrivateTopic> topics, Wiring wiring, TimeSource time, IntSupplier identifiers, Duration limit) {
        this.topics = topics;
        this.wanted = new ArrayList<>(topics);
        this.wiring = wiring;
        this.time = time;
        this.identifiers = identifiers;
        this.limit = limit;
    }

    /** The topics that are not refused. */
    List<PrivateTopic> wanted() {
        return wanted;
    }

    /** Makes refused topics wanted again. */
    void forgetRefusals() {
        wanted.clear();
        wanted.addAll(topics);
    }

    /**
     * Returns the wanted topic of a frame, whether or not the frame's topic names the category; null if there is none.
     */
    PrivateTopic find(String text) {
        PrivateTopic named = null;
        for (PrivateTopic topic : wanted) {
            if (topic.text().equals(text)) {
                return topic;
            }
            named = named == null ? PrivateTopic.of(text).orElse(null) : named;
            if (named != null && named.fast() == topic.fast() && named.overlaps(topic)) {
                return topic;
            }
        }
        return null;
    }

    /** Whether no reply is pending. */
    boolean isSettled() {
        return settled;
    }

    /** Subscribes all topics on an authenticated connection. */
    void subscribe() {
        underWay.clear();
        settled = false;
        wanted.forEach(topic -> subscribe(topic, 1));
        settle();
    }

    private void subscribe(PrivateTopic topic, int attempt) {
        String id = "sub-" + identifiers.getAsInt();
        underWay.put(id, new Request(topic, attempt, time.nanos()));
        wiring.send("{\"req_id\":\"" + id + "\",\"op\":\"subscribe\",\"args\":[\"" + topic + "\"]}");
    }

    /** The connection has ended. */
    void ended() {
        underWay.clear();
        settled = true;
    }

    /** Handles a reply. Its request is found by id, otherwise by topic, otherwise it is the oldest one. */
    void answered(Reply reply) {
        Request request = take(reply);
        if (request == null) {
            return;
        }
        if (reply.success() || reply.text().contains("already subscribed")) {
            wiring.subscribed(request.topic());
        } else {
            wanted.remove(request.topic());
            wiring.refused(request.topic(), reply.text());
        }
        settle();
    }

    private Request take(Reply reply) {
        if (reply.requestId() != null && underWay.containsKey(reply.requestId())) {
            return underWay.remove(reply.requestId());
        }
        String id = null;
        for (Map.Entry<String, Request> one : underWay.entrySet()) {
            String topic = one.getValue().topic().text();
            if (reply.failed().contains(topic) || reply.text().endsWith(':' + topic)) {
                id = one.getKey();
                break;
            }
            id = id == null ? one.getKey() : id;
        }
        return id == null ? null : underWay.remove(id);
    }

    void tick() {
        for (Map.Entry<String, Request> one : List.copyOf(underWay.entrySet())) {
            Request request = one.getValue();
            if (time.nanos() - request.sentAt() > limit.toNanos()) {
                underWay.remove(one.getKey());
                if (request.attempt() < ASKED_AT_MOST) {
                    subscribe(request.topic(), request.attempt() + 1);
                } else {
                    wiring.unanswered(request.topic());
                }
            }
        }
        settle();
    }

    private void settle() {
        if (!settled && underWay.isEmpty()) {
            settled = true;
            wiring.settled();
        }
    }
}
