package dev.livefeed.exchange.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.livefeed.exchange.account.PrivateSide;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.fault.FaultScheduler;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.TradeHistoryQuery;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicHub;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.SimulatedMarket;
import dev.livefeed.exchange.venue.Venue;
import java.util.HashMap;
import java.util.Map;

/** Answers what is asked under {@code /control/}. */
public final class ControlEndpoint {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Venue venue;
    private final TopicHub hub;
    private final FaultScheduler faults;
    private final PrivateSide owner;
    private final ObjectMapper reader = new ObjectMapper();

    public ControlEndpoint(Venue venue, TopicHub hub, FaultScheduler faults, PrivateSide owner) {
        this.venue = venue;
        this.hub = hub;
        this.faults = faults;
        this.owner = owner;
    }

    /** @param body JSON object of parameters, or empty; those of the address are taken too */
    public RestResponse answer(String method, String path, Map<String, String> parameters, String body) {
        try {
            return switch (method + " " + path) {
                case "POST /control/fault" -> order(parameters, body);
                case "GET /control/faults" -> ok(list());
                case "DELETE /control/faults" -> {
                    faults.clear();
                    yield ok(list());
                }
                case "POST /control/keys" -> {
                    owner.revoke(
                            (int) number(parameters, "refuse", 0),
                            parameters.getOrDefault("form", "text").equals("code"));
                    yield ok(JSON.objectNode());
                }
                case "DELETE /control/keys" -> {
                    owner.restoreKeys();
                    yield ok(JSON.objectNode());
                }
                case "GET /control/book" -> book(parameters);
                case "GET /control/trades" -> trades(parameters);
                case "GET /control/sessions" -> ok(sessions());
                default -> refused(404, "no such control: " + method + " " + path);
            };
        } catch (IllegalArgumentException e) {
            return refused(400, e.getMessage());
        }
    }

    private RestResponse order(Map<String, String> parameters, String body) {
        Map<String, String> all = new HashMap<>(parameters);
        if (!body.isBlank()) {
            try {
                JsonNode object = reader.readTree(body);
                if (!object.isObject()) {
                    throw new IllegalArgumentException("body must be a JSON object of parameters");
                }
                object.properties()
                        .forEach(field ->
                                all.put(field.getKey(), field.getValue().asText()));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("body is no JSON: " + e.getOriginalMessage());
            }
        }
        return ok(JSON.objectNode().put("id", faults.order(FaultReader.parameters(all))));
    }

    private ObjectNode list() {
        ObjectNode result = JSON.objectNode();
        ArrayNode list = result.putArray("faults");
        faults.list().forEach(one -> list.addObject()
                .put("id", one.id())
                .put("kind", one.fault().kind().id())
                .put("topic", one.fault().topic())
                .put("happened", one.happened()));
        return result;
    }

    private RestResponse book(Map<String, String> parameters) {
        SimulatedMarket market = market(parameters);
        ProductCategory category = market.instrument().category();
        String depth = parameters.getOrDefault("depth", Integer.toString(category.deepestTopic()));
        String topic = "orderbook." + depth + "." + market.instrument().symbol();
        BookPage page = hub.told(category, topic, number(parameters, "u", -1), number(parameters, "cts", -1));
        if (page == null) {
            return refused(404, "no state of " + topic + " is remembered for u " + parameters.get("u"));
        }
        ObjectNode result = JSON.objectNode().put("topic", topic).put("u", page.updateId());
        result.put("seq", page.sequence()).put("cts", page.changedAt());
        result.putRawValue("b", new RawValue("[" + page.bids() + "]"));
        result.putRawValue("a", new RawValue("[" + page.asks() + "]"));
        return ok(result);
    }

    private RestResponse trades(Map<String, String> parameters) {
        return ok(TradeHistoryQuery.since(
                market(parameters), number(parameters, "since", 0), number(parameters, "from", 0), venue));
    }

    private ObjectNode sessions() {
        ObjectNode result = JSON.objectNode();
        ArrayNode list = result.putArray("sessions");
        for (StreamSession session : hub.sessions()) {
            ObjectNode row = list.addObject()
                    .put("connection", session.connectionId())
                    .put(
                            "category",
                            session.category() == null
                                    ? "private"
                                    : session.category().id());
            ArrayNode topics = row.putArray("topics");
            session.topics().forEach(topics::add);
        }
        return result;
    }

    private SimulatedMarket market(Map<String, String> parameters) {
        String category = parameters.getOrDefault("category", "linear");
        SimulatedMarket market = ProductCategory.of(category)
                .map(known -> venue.market(known, parameters.getOrDefault("symbol", "")))
                .orElse(null);
        if (market == null) {
            throw new IllegalArgumentException(
                    "no symbol \"" + parameters.get("symbol") + "\" in category \"" + category + "\"");
        }
        return market;
    }

    private static long number(Map<String, String> parameters, String name, long otherwise) {
        String text = parameters.get(name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is " + text + ", must be a whole number");
        }
    }

    private static RestResponse ok(ObjectNode result) {
        return new RestResponse(200, result.toString());
    }

    private static RestResponse refused(int status, String reason) {
        return new RestResponse(status, JSON.objectNode().put("error", reason).toString());
    }
}
