package dev.livefeed.exchange.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.livefeed.exchange.account.BookedRow;
import dev.livefeed.exchange.account.PrivateApi;
import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.fault.FaultScheduler;
import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.TradeLog;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.exchange.stream.FrameForm;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicHub;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests under {@code /control/}: fault injection and the truth. */
public final class ControlEndpoint {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SimulatedMarkets markets;
    private final TopicHub hub;
    private final FaultScheduler faults;
    private final PrivateApi privateApi;
    private final BinanceTruth binance;
    private final ObjectMapper reader = new ObjectMapper();

    /** @param binance the markets in the terms of Binance; null if it is not served */
    public ControlEndpoint(
            SimulatedMarkets markets,
            TopicHub hub,
            FaultScheduler faults,
            PrivateApi privateApi,
            BinanceMarkets binance) {
        this.binance = new BinanceTruth(binance);
        this.markets = markets;
        this.hub = hub;
        this.faults = faults;
        this.privateApi = privateApi;
    }

    /** @param body JSON object with further parameters, or empty */
    public RestResponse answer(String method, String path, Map<String, String> parameters, String body) {
        try {
            return switch (method + " " + path) {
                case "POST /control/fault" -> addFault(parameters, body);
                case "GET /control/faults" -> ok(list());
                case "DELETE /control/faults" -> {
                    faults.clear();
                    yield ok(list());
                }
                case "POST /control/keys" -> {
                    privateApi.revoke(
                            (int) number(parameters, "refuse", 0),
                            parameters.getOrDefault("form", "text").equals("code"));
                    yield ok(JSON.objectNode());
                }
                case "DELETE /control/keys" -> {
                    privateApi.restoreKeys();
                    yield ok(JSON.objectNode());
                }
                case "POST /control/maintenance" -> ok(announce(parameters));
                case "DELETE /control/maintenance" -> {
                    hub.announcements().clear(markets.at());
                    yield ok(JSON.objectNode());
                }
                case "POST /control/market" -> state(parameters);
                case "POST /control/account" -> {
                    privateApi.book(BookedRow.of(parameters.getOrDefault("row", "")));
                    yield ok(JSON.objectNode());
                }
                case "GET /control/book" -> book(parameters);
                case "GET /control/trades" -> trades(parameters);
                case "GET /control/sessions" -> ok(sessions());
                default -> error(404, "unknown control request: " + method + " " + path);
            };
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
    }

    private RestResponse addFault(Map<String, String> parameters, String body) {
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
                throw new IllegalArgumentException("body is not valid JSON: " + e.getOriginalMessage());
            }
        }
        return ok(JSON.objectNode().put("id", faults.schedule(FaultReader.parameters(all))));
    }

    private RestResponse state(Map<String, String> parameters) {
        String category = parameters.getOrDefault("category", "linear");
        MarketKey key = new MarketKey(
                ProductCategory.of(category)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "category is \"" + category + "\", must be spot, linear, inverse or option")),
                parameters.getOrDefault("symbol", ""));
        if (!key.symbol().matches("[A-Z0-9][A-Z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "symbol is \"" + key.symbol() + "\", must be 1 to 40 capital letters, digits or -");
        }
        MarketState state = MarketState.of(parameters.get("state"))
                .orElseThrow(() -> new IllegalArgumentException("state is \"" + parameters.get("state")
                        + "\", must be one of " + List.of(MarketState.values())));
        markets.state(key, state, FaultReader.millis(parameters, "in", 0));
        SimulatedMarket market = markets.market(key.category(), key.symbol());
        return ok(JSON.objectNode()
                .put("symbol", key.symbol())
                .put("state", market.state().toString())
                .put("launchTime", market.launchTime())
                .put("deliveryTime", market.deliveryTime()));
    }

    private ObjectNode list() {
        ObjectNode result = JSON.objectNode();
        ArrayNode list = result.putArray("faults");
        faults.list().forEach(entry -> list.addObject()
                .put("id", entry.id())
                .put("kind", entry.fault().kind().id())
                .put("topic", entry.fault().target().topic())
                .put("happened", entry.occurrences()));
        return result;
    }

    private RestResponse book(Map<String, String> parameters) {
        if (BinanceTruth.isAsked(parameters)) {
            ObjectNode found = binance.book(parameters);
            return found == null ? error(404, "no recorded book with u " + parameters.get("u")) : ok(found);
        }
        SimulatedMarket market = market(parameters);
        ProductCategory category = market.instrument().category();
        String depth = parameters.getOrDefault("depth", Integer.toString(category.deepestTopic()));
        String topic = "orderbook." + depth + "." + market.instrument().symbol();
        BookPage page = hub.publishedBook(category, topic, number(parameters, "u", -1), number(parameters, "cts", -1));
        if (page == null) {
            return error(404, "no recorded state of " + topic + " with u " + parameters.get("u"));
        }
        ObjectNode result = JSON.objectNode().put("topic", topic).put("u", page.updateId());
        result.put("seq", page.sequence()).put("cts", page.changedAt());
        result.putRawValue("b", new RawValue("[" + page.bids() + "]"));
        result.putRawValue("a", new RawValue("[" + page.asks() + "]"));
        return ok(result);
    }

    private RestResponse trades(Map<String, String> parameters) {
        if (BinanceTruth.isAsked(parameters)) {
            return ok(binance.trades(parameters));
        }
        return ok(TradeLog.since(
                market(parameters), number(parameters, "since", 0), number(parameters, "from", 0), markets));
    }

    private ObjectNode sessions() {
        ObjectNode result = JSON.objectNode();
        ArrayNode list = result.putArray("sessions");
        for (StreamSession session : hub.sessions()) {
            ObjectNode row =
                    list.addObject().put("connection", session.connectionId()).put("category", stream(session));
            ArrayNode topics = row.putArray("topics");
            session.topics().forEach(topics::add);
        }
        return result;
    }

    private static String stream(StreamSession session) {
        if (session.form() == FrameForm.RAW || session.form() == FrameForm.COMBINED) {
            return "binance-" + session.category().id();
        }
        if (session.announcements()) {
            return "announcements";
        }
        return session.category() == null ? "private" : session.category().id();
    }

    /** Announces a maintenance; it has no effect of its own, for which there are faults. */
    private ObjectNode announce(Map<String, String> parameters) {
        long begin = markets.at() + number(parameters, "in_ms", 60_000);
        long millis = number(parameters, "for_ms", 60_000);
        if (millis <= 0) {
            throw new IllegalArgumentException("for_ms is " + millis + ", must be above 0");
        }
        String id = hub.announcements()
                .add(
                        parameters.getOrDefault("title", "Scheduled maintenance"),
                        begin,
                        begin + millis,
                        numbers(parameters, "products", "1,2,3"),
                        numbers(parameters, "services", "1,4,5"),
                        markets.at())
                .id();
        return JSON.objectNode().put("id", id).put("begin", begin).put("end", begin + millis);
    }

    private static List<Integer> numbers(Map<String, String> parameters, String name, String otherwise) {
        String text = parameters.getOrDefault(name, otherwise);
        if (!text.matches("[1-9](,[1-9])*")) {
            throw new IllegalArgumentException(name + " is " + text + ", must be a comma list of numbers from 1 to 9");
        }
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    private SimulatedMarket market(Map<String, String> parameters) {
        String category = parameters.getOrDefault("category", "linear");
        SimulatedMarket market = ProductCategory.of(category)
                .map(known -> markets.market(known, parameters.getOrDefault("symbol", "")))
                .orElse(null);
        if (market == null) {
            throw new IllegalArgumentException(
                    "no symbol \"" + parameters.get("symbol") + "\" in category \"" + category + "\"");
        }
        return market;
    }

    static long number(Map<String, String> parameters, String name, long defaultValue) {
        String text = parameters.get(name);
        try {
            return text == null ? defaultValue : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is " + text + ", must be a whole number");
        }
    }

    private static RestResponse ok(ObjectNode result) {
        return new RestResponse(200, result.toString());
    }

    private static RestResponse error(int status, String reason) {
        return new RestResponse(status, JSON.objectNode().put("error", reason).toString());
    }
}
