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

/** The private stream: authentication, subscriptions and account events. Not thread-safe. */
public final class PrivateStream {

    private static final long IDLE_CHECK_MILLIS = 30_000;
    private static final long MAX_ACTIVE_MILLIS = 600_000;

    private final ApiKeys keys;
    private final ExchangeAccount account;
    private final Map<StreamSession, Client> clients = new LinkedHashMap<>();
    private final ObjectMapper json = new ObjectMapper();
    private long nextIdleCheck;
    private long sentFrames;
    private boolean sendCodes;

    private static final class Client {
        final Map<String, PrivateStreamTopic> topics = new LinkedHashMap<>();
        final long maxActiveMillis;
        boolean authenticated;
        long lastActiveAt;

        Client(long maxActiveMillis, long now) {
            this.maxActiveMillis = maxActiveMillis;
            this.lastActiveAt = now;
        }
    }

    PrivateStream(ApiKeys keys, ExchangeAccount account) {
        this.keys = keys;
        this.account = account;
    }

    /**
     * Adds a connected client.
     *
     * @param maxActiveTime how long the client may be idle ("30s" to "600s", "1m"); null for ten minutes
     */
    public void open(StreamSession session, String maxActiveTime, long now) {
        clients.put(session, new Client(activeMillis(maxActiveTime), now));
    }

    public void close(StreamSession session) {
        clients.remove(session);
    }

    /** Disconnects authenticated clients; {@code sendRefusalCodes}: rejections carry their code from now on. */
    void disconnectAuthenticated(boolean sendRefusalCodes) {
        sendCodes = sendRefusalCodes;
        List.copyOf(clients.entrySet()).forEach(entry -> {
            if (entry.getValue().authenticated) {
                entry.getKey().close();
            }
        });
    }

    /** Handles a text frame of a client. */
    public void receive(StreamSession session, String text, long now) {
        Client client = clients.get(session);
        JsonNode request;
        try {
            request = json.readTree(text);
        } catch (JsonProcessingException e) {
            session.reply(TextFrame.of("Failed to decode incoming data:" + e.getOriginalMessage()));
            return;
        }
        JsonNode id = request.get("req_id");
        String requestId = id == null || id.isNull() ? null : id.asText();
        client.lastActiveAt = now;
        String op = request.path("op").asText();
        switch (op) {
            case "auth" -> authenticate(session, client, request.path("args"), requestId, now);
            case "ping" -> pong(session, requestId, now);
            case "subscribe" -> subscribe(session, client, request.path("args"), requestId);
            case "unsubscribe" -> {
                request.path("args").forEach(topic -> client.topics.remove(topic.asText()));
                answer(session, true, "", op, requestId);
            }
            default -> answer(session, false, "error:invalid op", op, requestId);
        }
    }

    private void authenticate(StreamSession session, Client client, JsonNode args, String requestId, long now) {
        // Clients send the time as a number or as a string.
        long expires = args.path(1).asLong(0);
        if (args.size() != 3 || !args.path(0).isTextual() || !args.path(2).isTextual() || expires <= now) {
            answer(session, false, "Params Error", "auth", requestId);
            return;
        }
        ApiKeys.KeyCheck check = keys.verify(
                args.path(0).asText(),
                "GET/realtime" + args.path(1).asText(),
                args.path(2).asText());
        client.authenticated = check == ApiKeys.KeyCheck.GOOD;
        String text = client.authenticated ? "" : check.text();
        answer(session, client.authenticated, text, sendCodes ? check.code() : 0, "auth", requestId);
    }

    private void subscribe(StreamSession session, Client client, JsonNode args, String requestId) {
        if (!client.authenticated) {
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
            if (client.topics.containsKey(topic.get().text())) {
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
        topics.forEach(topic -> client.topics.put(topic.text(), topic));
    }

    /** Whether a request has a topic both with and without a category. */
    private static boolean mixed(List<PrivateStreamTopic> topics) {
        return topics.stream()
                .anyMatch(entry -> entry.category() == null
                        && topics.stream()
                                .anyMatch(other -> other.kind().equals(entry.kind()) && other.category() != null));
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

    /** Advances the account, pushes its events and closes idle clients. */
    public void advance(long now) {
        if (now >= nextIdleCheck) {
            nextIdleCheck = now + IDLE_CHECK_MILLIS;
            clients.forEach((session, client) -> {
                if (now - client.lastActiveAt > client.maxActiveMillis) {
                    session.close();
                }
            });
        }
        if (clients.values().stream().allMatch(client -> client.topics.isEmpty())) {
            return;
        }
        for (AccountChange event : account.advance(now)) {
            clients.forEach((session, client) -> client.topics.values().stream()
                    .filter(topic -> topic.matches(event.kind(), event.category()))
                    .forEach(topic -> {
                        session.push(topic.text(), frame(topic, event, now), false);
                        client.lastActiveAt = now;
                    }));
        }
    }

    private TextFrame frame(PrivateStreamTopic topic, AccountChange event, long now) {
        ObjectNode frame = node();
        if (!topic.kind().equals("execution.fast")) {
            frame.put("id", new UUID(now, ++sentFrames).toString().replace("-", ""));
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
