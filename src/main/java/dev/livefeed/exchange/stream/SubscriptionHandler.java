package dev.livefeed.exchange.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.exchange.market.ProductCategory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Handles the requests of the public streams as the venue does, including its error answers. */
public final class SubscriptionHandler {

    private static final int MAX_SPOT_ARGS = 10;
    private static final int MAX_OPTION_TOPICS = 2000;
    private static final int MAX_TOPIC_CHARACTERS = 21_000;

    private final TopicHub hub;
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public SubscriptionHandler(TopicHub hub) {
        this.hub = hub;
    }

    /**
     * Handles a text frame of a client.
     *
     * @param now milliseconds since 1970
     */
    public void receive(StreamSession session, String text, long now) {
        if (!hub.acceptsRequests(session)) {
            return;
        }
        JsonNode request;
        try {
            request = json.readTree(text);
        } catch (JsonProcessingException e) {
            session.reply(Replies.notJson(e.getOriginalMessage()));
            return;
        }
        if (request == null || !request.isObject()) {
            session.reply(Replies.notJson("not an object"));
            return;
        }
        JsonNode id = request.get("req_id");
        String requestId = id == null || id.isNull() ? null : id.asText();
        String op = request.path("op").asText();
        switch (op) {
            case "ping" -> session.reply(Replies.pong(session, requestId, now));
            case "subscribe", "unsubscribe" -> {
                List<String> args = args(request);
                if (args.stream().anyMatch(arg -> hub.failsRequest(session.category(), arg))) {
                    session.reply(Replies.failed(session, op, requestId, "Server error"));
                } else if (op.equals("subscribe")) {
                    subscribe(session, args, requestId, now);
                } else {
                    unsubscribe(session, args, requestId);
                }
            }
            default -> session.reply(Replies.failed(session, op, requestId, "error:invalid op"));
        }
    }

    private void subscribe(StreamSession session, List<String> args, String requestId, long now) {
        if (session.category() == ProductCategory.OPTION) {
            subscribeEach(session, args, now);
            return;
        }
        if (session.category() == ProductCategory.SPOT && args.size() > MAX_SPOT_ARGS) {
            session.reply(Replies.failed(session, "subscribe", requestId, "args size >" + MAX_SPOT_ARGS));
            return;
        }
        if (args.isEmpty()) {
            session.reply(Replies.failed(session, "subscribe", requestId, "error:handler not found,topic:"));
            return;
        }
        List<StreamTopic> topics = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>(session.publishers().keySet());
        for (String arg : args) {
            Optional<StreamTopic> topic = topic(session, arg);
            boolean listed = topic.isPresent()
                    && topic.get().listed(hub.markets())
                    && !hub.refusesTopic(session.category(), arg);
            if (topic.isPresent() && !listed && session.category() == ProductCategory.SPOT) {
                session.reply(Replies.invalidSymbol(session, "subscribe", arg));
                return;
            }
            if (!listed) {
                session.reply(Replies.failed(session, "subscribe", requestId, "error:handler not found,topic:" + arg));
                return;
            }
            if (!seen.add(arg)) {
                session.reply(Replies.failed(session, "subscribe", requestId, "error:already subscribed,topic:" + arg));
                return;
            }
            topics.add(topic.get());
        }
        if (characters(args) + session.topicCharacters() > MAX_TOPIC_CHARACTERS) {
            session.reply(Replies.failed(
                    session, "subscribe", requestId, "error:args length exceeds " + MAX_TOPIC_CHARACTERS));
            return;
        }
        session.reply(Replies.done(session, "subscribe", requestId));
        topics.forEach(topic -> hub.join(session, topic, now));
    }

    /** The topic, if the session's stream has it. */
    private static Optional<StreamTopic> topic(StreamSession session, String text) {
        return StreamTopic.parse(session.category(), text)
                .filter(topic -> (topic.kind() == StreamTopic.Kind.ANNOUNCEMENTS) == session.announcements());
    }

    /** The option stream answers topic by topic and subscribes the valid ones. */
    private void subscribeEach(StreamSession session, List<String> args, long now) {
        List<String> failed = new ArrayList<>();
        List<StreamTopic> good = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>(session.publishers().keySet());
        int characters = session.topicCharacters();
        for (String arg : args) {
            Optional<StreamTopic> topic = topic(session, arg)
                    .filter(t -> t.listed(hub.markets()) && !hub.refusesTopic(session.category(), arg));
            boolean room = seen.size() < MAX_OPTION_TOPICS && characters + arg.length() <= MAX_TOPIC_CHARACTERS;
            if (topic.isPresent() && room && seen.add(arg)) {
                good.add(topic.get());
                characters += arg.length();
            } else {
                failed.add(arg);
            }
        }
        session.reply(Replies.commandResponse(
                session, failed, good.stream().map(StreamTopic::text).toList()));
        good.forEach(topic -> hub.join(session, topic, now));
    }

    private void unsubscribe(StreamSession session, List<String> args, String requestId) {
        args.forEach(topic -> hub.leave(session, topic));
        session.reply(
                session.category() == ProductCategory.OPTION
                        ? Replies.commandResponse(session, List.of(), args)
                        : Replies.done(session, "unsubscribe", requestId));
    }

    private static List<String> args(JsonNode request) {
        List<String> args = new ArrayList<>();
        request.path("args").forEach(arg -> args.add(arg.asText()));
        return args;
    }

    private static int characters(List<String> args) {
        return args.stream().mapToInt(String::length).sum();
    }
}
