package dev.livefeed.exchange.binance.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.FrameForm;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicHub;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The connections to the venue's streams, with its requests, limits and pings. Not thread-safe. */
public final class BinanceStreams {

    private static final int MAX_STREAMS = 1024;
    private static final int MAX_MESSAGE_LENGTH = 4096;
    private static final int CHECK_MILLIS = 100;
    private static final int UNKNOWN_PROPERTY = 0;
    private static final int INVALID_TYPE = 1;
    private static final int INVALID_REQUEST = 2;
    private static final int INVALID_JSON = 3;
    private static final int TOO_MANY_STREAMS = 4;
    private static final Pattern TEXT_ID = Pattern.compile("[A-Za-z0-9-]{1,36}");
    /** Code of a close frame. */
    private static final int POLICY_VIOLATION = 1008;

    private final BinanceMarkets markets;
    private final TopicHub hub;
    private final boolean limited;
    private final long maxAgeMillis;
    private final Map<StreamSession, BinanceSession> sessions = new LinkedHashMap<>();
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * @param limited whether the limits on messages and streams apply
     * @param maxAgeMillis a connection is closed after this time
     */
    public BinanceStreams(BinanceMarkets markets, TopicHub hub, boolean limited, long maxAgeMillis) {
        this.markets = markets;
        this.hub = hub;
        this.limited = limited;
        this.maxAgeMillis = maxAgeMillis;
    }

    public StreamSession open(StreamPath path, ClientConnection connection, long now) {
        StreamSession session = hub.open(path.category(), path.form(), connection);
        BinanceSession opened = new BinanceSession(session, path.group(), now);
        sessions.put(session, opened);
        if (exceeds(path.streams())) {
            refuseStreams(opened, null);
        } else {
            path.streams().forEach(stream -> add(opened, stream, now));
        }
        return session;
    }

    /** Whether it is a connection to this venue. */
    public boolean has(StreamSession session) {
        return sessions.containsKey(session);
    }

    public void closed(StreamSession session) {
        sessions.remove(session);
    }

    /** Called after each step of the markets: pings, ends old connections, joins streams of new symbols. */
    public void advance(long now) {
        if (markets.markets().at() % CHECK_MILLIS != 0) {
            return;
        }
        for (BinanceSession one : List.copyOf(sessions.values())) {
            if (one.age(now) > maxAgeMillis || !one.alive(now)) {
                sessions.remove(one.session());
                one.session().close();
            } else {
                List.copyOf(one.withoutMarket()).forEach(stream -> join(one, stream, now));
            }
        }
    }

    /** A pong of the client. */
    public void ponged(StreamSession session, String payload, long now) {
        BinanceSession one = sessions.get(session);
        if (one != null && admitted(one, now)) {
            one.pong(payload);
        }
    }

    /** A ping of the client. */
    public void pinged(StreamSession session, long now) {
        BinanceSession one = sessions.get(session);
        if (one != null) {
            admitted(one, now);
        }
    }

    private boolean admitted(BinanceSession one, long now) {
        boolean admitted = one.admits(now) || !limited;
        if (!admitted) {
            close(one, "Too many requests");
        }
        return admitted;
    }

    /** Handles a text frame of a client. */
    public void receive(StreamSession session, String text, long now) {
        BinanceSession one = sessions.get(session);
        if (one == null || !admitted(one, now) || !hub.acceptsRequests(session)) {
            return;
        }
        if (text.length() > MAX_MESSAGE_LENGTH) {
            session.close();
            return;
        }
        JsonNode request;
        try {
            request = json.readTree(text);
        } catch (JsonProcessingException e) {
            refuse(session, null, INVALID_JSON, "Invalid JSON: " + e.getOriginalMessage());
            return;
        }
        if (request.isMissingNode()) {
            refuse(session, null, INVALID_JSON, "Invalid JSON: EOF while parsing a value at line 1 column 0");
            return;
        }
        if (!(request instanceof ObjectNode)) {
            refuse(session, null, INVALID_REQUEST, "Invalid request: request must be an object");
            return;
        }
        JsonNode id = request.get("id");
        if (id != null && !valid(id)) {
            refuse(
                    session,
                    null,
                    INVALID_REQUEST,
                    "Invalid request: request ID must be an unsigned integer or a string");
            return;
        }
        answer(one, request, id, now);
    }

    /** A number of 64 bits, a short text of letters, digits and hyphens, or null. */
    private static boolean valid(JsonNode id) {
        return id.isNull()
                || (id.isIntegralNumber() && id.canConvertToLong())
                || (id.isTextual() && TEXT_ID.matcher(id.textValue()).matches());
    }

    private boolean exceeds(Collection<String> names) {
        return limited && names.size() > MAX_STREAMS;
    }

    /** The connection is closed, with all its other streams. */
    private void refuseStreams(BinanceSession one, JsonNode id) {
        refuse(one.session(), id, TOO_MANY_STREAMS, "Too many subscriptions");
        close(one, "Invalid request");
    }

    private void close(BinanceSession one, String reason) {
        sessions.remove(one.session());
        one.session().close(POLICY_VIOLATION, reason);
    }

    private void answer(BinanceSession one, JsonNode request, JsonNode id, long now) {
        String method = request.path("method").asText();
        switch (method) {
            case "SUBSCRIBE", "UNSUBSCRIBE" -> change(one, method.equals("SUBSCRIBE"), request.path("params"), id, now);
            case "LIST_SUBSCRIPTIONS" -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                one.streams().forEach(list::add);
                reply(one.session(), id, list);
            }
            case "GET_PROPERTY" -> property(one.session(), request.path("params"), 1, id);
            case "SET_PROPERTY" -> property(one.session(), request.path("params"), 2, id);
            case "" -> refuse(one.session(), id, INVALID_REQUEST, "Invalid request: missing field `method`");
            default ->
                refuse(
                        one.session(),
                        id,
                        INVALID_REQUEST,
                        "Invalid request: unknown variant `" + method + "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`,"
                                + " `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`");
        }
    }

    /** Whether events are sent within an object that names their stream, which the path sets first. */
    private static void property(StreamSession session, JsonNode params, int expected, JsonNode id) {
        if (!params.path(0).isTextual()) {
            refuse(session, id, INVALID_REQUEST, "Invalid request: property name must be a string");
        } else if (params.size() > expected) {
            refuse(session, id, INVALID_REQUEST, "Invalid request: too many parameters");
        } else if (!params.path(0).asText().equals("combined")) {
            refuse(session, id, UNKNOWN_PROPERTY, "Unknown property");
        } else if (expected == 1) {
            reply(session, id, BooleanNode.valueOf(session.form() == FrameForm.COMBINED));
        } else if (!params.path(1).isBoolean()) {
            refuse(session, id, INVALID_TYPE, "Invalid value type: expected Boolean");
        } else {
            session.form(params.path(1).booleanValue() ? FrameForm.COMBINED : FrameForm.RAW);
            reply(session, id, null);
        }
    }

    private void change(BinanceSession one, boolean subscribe, JsonNode params, JsonNode id, long now) {
        StreamSession session = one.session();
        if (!params.isArray() || params.isEmpty()) {
            refuse(session, id, INVALID_TYPE, "Invalid value type: expected a list of streams");
            return;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode param : params) {
            if (!param.isTextual()) {
                refuse(session, id, INVALID_TYPE, "Invalid value type: expected String");
                return;
            }
            names.add(param.asText());
        }
        if (names.stream().anyMatch(name -> hub.failsRequest(session.category(), name))) {
            refuse(session, id, INVALID_REQUEST, "Server error");
            return;
        }
        if (!subscribe) {
            names.forEach(name -> {
                one.streams().remove(name);
                one.withoutMarket().remove(name);
                hub.leave(session, name);
            });
            reply(session, id, null);
            return;
        }
        Optional<String> refused = names.stream()
                .filter(name -> hub.refusesTopic(session.category(), name))
                .findFirst();
        Set<String> after = new LinkedHashSet<>(one.streams());
        after.addAll(names);
        if (refused.isPresent()) {
            refuse(session, id, INVALID_REQUEST, "Invalid request: unknown stream " + refused.get());
        } else if (exceeds(after)) {
            refuseStreams(one, id);
        } else {
            reply(session, id, null);
            names.forEach(name -> add(one, name, now));
        }
    }

    /** What is unknown, or in another group, is accepted like any other stream and sends nothing. */
    private void add(BinanceSession one, String name, long now) {
        if (one.streams().add(name)) {
            one.withoutMarket().add(name);
            join(one, name, now);
        }
    }

    private void join(BinanceSession one, String name, long now) {
        Optional<BinanceStream> stream = BinanceStream.parse(one.session().category(), name)
                .filter(parsed -> one.group().carries(parsed));
        if (stream.isEmpty()) {
            one.withoutMarket().remove(name);
            return;
        }
        if (stream.get().all()) {
            one.withoutMarket().remove(name);
            hub.join(one.session(), stream.get(), () -> new AllMarketsPublisher(stream.get(), markets), now);
            return;
        }
        MarketData data = markets.find(stream.get().category(), stream.get().name());
        if (data != null) {
            one.withoutMarket().remove(name);
            hub.join(one.session(), stream.get(), () -> publisher(stream.get(), data), now);
        }
    }

    private static FramePublisher publisher(BinanceStream stream, MarketData data) {
        return switch (stream.kind()) {
            case TRADE -> new BinanceTradePublisher(stream, data);
            case AGGREGATE_TRADE -> new AggregateTradePublisher(stream, data);
            case DEPTH -> new DepthPublisher(stream, data);
            case PARTIAL_DEPTH -> new PartialDepthPublisher(stream, data);
            case KLINE -> new KlinePublisher(stream, data);
            case BOOK_TICKER, TICKER, MINI_TICKER, MARK_PRICE, LIQUIDATION ->
                new EventPublisher(stream, PeriodicEvent.of(stream, data));
        };
    }

    private static void reply(StreamSession session, JsonNode id, JsonNode result) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("result", result);
        session.reply(TextFrame.of(reply.set("id", id).toString()));
    }

    private static void refuse(StreamSession session, JsonNode id, int code, String message) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putObject("error").put("code", code).put("msg", message);
        session.reply(TextFrame.of(reply.set("id", id).toString()));
    }
}
