package dev.livefeed.exchange.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The private stream: authentication, subscriptions, and what happens in the account. One thread owns it. */
public final class PrivateStream {

    private static final long IDLE_CHECK_MILLIS = 30_000;
    private static final long MAX_ACTIVE_MILLIS = 600_000;

    private final ApiKeys keys;
    private final ExchangeAccount account;
    private final Map<StreamSession, Visitor> visitors = new LinkedHashMap<>();
    private final ObjectMapper json = new ObjectMapper();
    private long nextIdleCheck;
    private long told;
    private boolean coded;

    private static final class Visitor {
        final Map<String, PrivateStreamTopic> topics = new LinkedHashMap<>();
        final long maxActiveMillis;
        boolean authenticated;
        long activeAt;

        Visitor(long maxActiveMillis, long now) {
            this.maxActiveMillis = maxActiveMillis;
            this.activeAt = now;
        }
    }

    PrivateStream(ApiKeys keys, ExchangeAccount account) {
        this.keys = keys;
        this.account = account;
    }

    /**
     * A client has connected.
     *
     * @param maxActiveTime how long it may be silent, as the client asked ("30s" to "600s", "1m"); null for ten minutes
     */
    public void open(StreamSession session, String maxActiveTime, long now) {
        visitors.put(session, new Visitor(activeMillis(maxActiveTime), now));
    }

    public void close(StreamSession session) {
        visitors.remove(session);
    }

    /** Ends the connections that were let in; {@code withCode}: refusals tell their code from now on. */
    void throwOut(boolean withCode) {
        coded = withCode;
        List.copyOf(visitors.entrySet()).forEach(one -> {
            if (one.getValue().authenticated) {
                one.getKey().close();
            }
        });
    }

    /** Takes one text frame of a client. */
    public void receive(StreamSession session, String text, long now) {
        Visitor visitor = visitors.get(session);
        JsonNode request;
        try {
            request = json.readTree(text);
        } catch (JsonProcessingException e) {
            session.reply(TextFrame.of("Failed to decode incoming data:" + e.getOriginalMessage()));
            return;
        }
        JsonNode id = request.get("req_id");
        String requestId = id == null || id.isNull() ? null : id.asText();
        visitor.activeAt = now;
        String op = request.path("op").asText();
        switch (op) {
            case "auth" -> authenticate(session, visitor, request.path("args"), requestId, now);
            case "ping" -> pong(session, requestId, now);
            case "subscribe" -> subscribe(session, visitor, request.path("args"), requestId);
            case "unsubscribe" -> {
                request.path("args").forEach(topic -> visitor.topics.remove(topic.asText()));
                answer(session, true, "", op, requestId);
            }
            default -> answer(session, false, "error:invalid op", op, requestId);
        }
    }

    private void authenticate(StreamSession session, Visitor visitor, JsonNode args, String requestId, long now) {
        // Clients send the time as a number or as a string.
        long expires = args.path(1).asLong(0);
        if (args.size() != 3 || !args.path(0).isTextual() || !args.path(2).isTextual() || expires <= now) {
            answer(session, false, "Params Error", "auth", requestId);
            return;
        }
        ApiKeys.Verdict verdict = keys.judge(
                args.path(0).asText(),
                "GET/realtime" + args.path(1).asText(),
                args.path(2).asText());
        visitor.authenticated = verdict == ApiKeys.Verdict.GOOD;
        String text = visitor.authenticated ? "" : verdict.text();
        answer(session, visitor.authenticated, text, coded ? verdict.code() : 0, "auth", requestId);
    }

    private void subscribe(StreamSession session, Visitor visitor, JsonNode args, String requestId) {
        if (!visitor.authenticated) {
            answer(session, false, "Request not authorized", "subscribe", requestId);
            return;
        }
        List<PrivateStreamTopic> topics = new ArrayList<>();
        for (JsonNode arg : args) {
            Optional<PrivateStreamTopic> topic = PrivateStreamTopic.parse(arg.asText());
            if (topic.isEmpty()) {
                answer(session, false, "error:handler not found,topic:" + arg.asText(), "subscribe", requestId);
                return;
            }
            if (visitor.topics.containsKey(topic.get().text())) {
                answer(session, false, "error:already subscribed,topic:" + arg.asText(), "subscribe", requestId);
                return;
            }
            topics.add(topic.get());
        }
        if (mixed(topics)) {
            answer(session, false, "error:all-in-one and categorised topics cannot be mixed", "subscribe", requestId);
            return;
        }
        answer(session, true, "", "subscribe", requestId);
        topics.forEach(topic -> visitor.topics.put(topic.text(), topic));
    }

    /** One request must not ask for a kind both with and without a category. */
    private static boolean mixed(List<PrivateStreamTopic> topics) {
        return topics.stream()
                .anyMatch(one -> one.category() == null
                        && topics.stream()
                                .anyMatch(other -> other.kind().equals(one.kind()) && other.category() != null));
    }

    private void pong(StreamSession session, String requestId, long now) {
        ObjectNode pong = node();
        if (requestId != null) {
            pong.put("req_id", requestId);
        }
        pong.put("op", "pong").putArray("args").add(Long.toString(now));
        session.reply(TextFrame.of(pong.put("conn_id", session.connectionId()).toString()));
    }

    private void answer(StreamSession session, boolean success, String text, String op, String requestId) {
        answer(session, success, text, 0, op, requestId);
    }

    private void answer(StreamSession session, boolean success, String text, int code, String op, String requestId) {
        ObjectNode answer = node().put("success", success).put("ret_msg", text);
        if (code != 0) {
            answer.put("retCode", code);
        }
        if (requestId != null) {
            answer.put("req_id", requestId);
        }
        session.reply(TextFrame.of(
                answer.put("op", op).put("conn_id", session.connectionId()).toString()));
    }

    /** Lets the account live, and tells those who listen. */
    public void advance(long now) {
        if (now >= nextIdleCheck) {
            nextIdleCheck = now + IDLE_CHECK_MILLIS;
            visitors.forEach((session, visitor) -> {
                if (now - visitor.activeAt > visitor.maxActiveMillis) {
                    session.close();
                }
            });
        }
        if (visitors.values().stream().allMatch(visitor -> visitor.topics.isEmpty())) {
            return;
        }
        for (AccountChange event : account.advance(now)) {
            visitors.forEach((session, visitor) -> visitor.topics.values().stream()
                    .filter(topic -> topic.takes(event.kind(), event.category()))
                    .forEach(topic -> {
                        session.push(topic.text(), frame(topic, event, now), false);
                        visitor.activeAt = now;
                    }));
        }
    }

    private TextFrame frame(PrivateStreamTopic topic, AccountChange event, long now) {
        ObjectNode frame = node();
        if (!topic.kind().equals("execution.fast")) {
            frame.put("id", new UUID(now, ++told).toString().replace("-", ""));
        }
        frame.put("topic", topic.text())
                .put("creationTime", now)
                .putArray("data")
                .add(event.data());
        return TextFrame.of(frame.toString());
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static long activeMillis(String text) {
        if (text == null || !text.matches("\\d{1,4}[sm]")) {
            return MAX_ACTIVE_MILLIS;
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        long millis = number * (text.endsWith("m") ? 60_000 : 1000);
        return Math.max(IDLE_CHECK_MILLIS, Math.min(MAX_ACTIVE_MILLIS, millis));
    }
}
