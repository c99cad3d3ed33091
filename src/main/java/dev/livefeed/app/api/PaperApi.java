package dev.livefeed.app.api;

import static dev.livefeed.app.api.StrategyApi.plain;
import static dev.livefeed.app.api.StrategyApi.time;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.app.api.access.AccessRule;
import dev.livefeed.app.paper.EquityPoint;
import dev.livefeed.app.paper.JournalEntry;
import dev.livefeed.app.paper.OrderRequest;
import dev.livefeed.app.paper.OrderResult;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperAccount;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.paper.PaperOrder;
import dev.livefeed.app.paper.PaperPosition;
import dev.livefeed.app.paper.Signal;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The paper account over HTTP: orders, positions, signals, equity, pause and resume. Decimals are text. */
public final class PaperApi {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> FIELDS = Set.of("symbol", "side", "type", "qty", "price", "stop_price");

    private final PaperBroker broker;
    private final String defaultSymbol;

    /** @param defaultSymbol used where an order names none */
    public PaperApi(PaperBroker broker, String defaultSymbol) {
        this.broker = broker;
        this.defaultSymbol = defaultSymbol;
    }

    /** Orders, the newest first: {@code open}, {@code ended}, or {@code all} where nothing is said. */
    public HttpResponse orders(String status, String count) {
        Integer most = StrategyApi.count(count, PaperAccount.KEPT);
        if (most == null) {
            return badCount(PaperAccount.KEPT);
        }
        String which = status == null ? "all" : status;
        if (!Set.of("open", "ended", "all").contains(which)) {
            return HttpResponse.bad("status must be open, ended or all");
        }
        JournalEntry.State state = broker.state();
        List<PaperOrder> orders = new ArrayList<>();
        if (!which.equals("open")) {
            orders.addAll(state.ended());
        }
        if (!which.equals("ended")) {
            orders.addAll(state.open());
        }
        orders.sort((a, b) -> Long.compare(b.id(), a.id()));
        return HttpResponse.ok(Map.of(
                "orders", orders.stream().limit(most).map(PaperApi::order).toList()));
    }

    /**
     * Places an order by hand; 400 where it is none, 409 with the reason where it is refused.
     *
     * @param contentType of the body, or null; only JSON is taken, which no page of another server can send
     */
    public HttpResponse place(String contentType, String body) {
        if (contentType == null || !AccessRule.json(contentType)) {
            return new HttpResponse(415, Map.of("error", "the body must be sent with Content-Type: application/json"));
        }
        JsonNode tree;
        try {
            tree = body == null || body.isBlank() ? null : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return HttpResponse.bad("the body is not one JSON object" + place(e));
        }
        if (tree == null || !tree.isObject()) {
            return HttpResponse.bad(
                    "the body must be a JSON object such as "
                            + "{\"symbol\":\"BTCUSDT\",\"side\":\"buy\",\"type\":\"limit\",\"qty\":\"0.01\",\"price\":\"50000\"}");
        }
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                return HttpResponse.bad(
                        "field " + name + " is unknown; known are symbol, side, type, qty, price, stop_price");
            }
        }
        OrderRequest request;
        try {
            request = new OrderRequest(
                    OrderRequest.MANUAL,
                    tree.hasNonNull("symbol") ? tree.get("symbol").asText() : defaultSymbol,
                    side(tree.path("side").asText()),
                    OrderType.named(tree.path("type").asText("market")),
                    decimal(tree, "qty"),
                    decimal(tree, "price"),
                    decimal(tree, "stop_price"));
        } catch (IllegalArgumentException e) {
            return HttpResponse.bad(e.getMessage());
        }
        String fault = request.fault();
        if (fault != null) {
            return HttpResponse.bad(fault);
        }
        OrderResult placement = broker.place(request);
        return placement.refused() == null
                ? HttpResponse.ok(order(placement.order()))
                : new HttpResponse(broker.unavailable() == null ? 409 : 503, Map.of("error", placement.refused()));
    }

    private static String place(JsonProcessingException e) {
        if (e.getOriginalMessage().startsWith("Duplicate field")) {
            return ": " + e.getOriginalMessage();
        }
        JsonLocation at = e.getLocation();
        return at == null ? "" : ": see line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static Side side(String text) {
        return text.equals("buy") ? Side.BUY : text.equals("sell") ? Side.SELL : null;
    }

    private static BigDecimal decimal(JsonNode tree, String field) {
        JsonNode node = tree.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        String text = node.asText();
        if ((!node.isNumber() && !node.isTextual()) || text.length() > 40 || !text.matches("-?\\d+(\\.\\d+)?")) {
            if (!node.isNumber() || text.length() > 40) {
                throw new IllegalArgumentException(field + " must be a decimal number, as text or as a JSON number");
            }
        }
        BigDecimal number = node.isNumber() ? node.decimalValue() : new BigDecimal(text);
        if (Math.abs(number.scale()) > 40) {
            throw new IllegalArgumentException(field + " must be a decimal number with at most 18 digits");
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** Cancels an open order. */
    public HttpResponse cancel(String id) {
        if (id == null || !id.matches("\\d{1,18}")) {
            return HttpResponse.bad("the id must be a whole number");
        }
        PaperOrder order = broker.cancel(Long.parseLong(id), "cancelled over HTTP");
        if (order == null && broker.unavailable() != null) {
            return unavailable();
        }
        return order == null ? HttpResponse.missing("no order " + id + " is open") : HttpResponse.ok(order(order));
    }

    /** Every position with its result; flat ones show what they have earned. */
    public HttpResponse positions() {
        JournalEntry.State state = broker.state();
        List<Map<String, Object>> list = new ArrayList<>();
        for (PaperPosition position : state.positions()) {
            BigDecimal mark = state.marks().get(position.symbol());
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("strategy", position.strategy());
            content.put("symbol", position.symbol());
            content.put("qty", plain(position.qty()));
            content.put("average_price", plain(position.averagePrice()));
            content.put("last_price", plain(mark));
            content.put("realised", plain(position.realised()));
            content.put("unrealised", plain(position.unrealised(mark)));
            content.put("fees", plain(position.fees()));
            content.put("opened", time(position.openedMicros()));
            list.add(content);
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("account", point(broker.worth()));
        content.put("capital", plain(state.capital()));
        content.put("source", state.source());
        content.put("positions", list);
        content.put("funding", "left out");
        return HttpResponse.ok(content);
    }

    /** The last signals, the newest first, each with what became of it. */
    public HttpResponse signals(String count) {
        Integer most = StrategyApi.count(count, PaperAccount.KEPT);
        if (most == null) {
            return badCount(PaperAccount.KEPT);
        }
        List<SignalOutcome> all = broker.state().signals();
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && list.size() < most; i--) {
            list.add(signal(all.get(i)));
        }
        return HttpResponse.ok(Map.of("signals", list));
    }

    /** The equity curve, oldest first. */
    public HttpResponse equity(String count) {
        Integer most = StrategyApi.count(count, PaperAccount.POINTS);
        if (most == null) {
            return badCount(PaperAccount.POINTS);
        }
        List<EquityPoint> all = broker.state().equity();
        return HttpResponse.ok(Map.of(
                "equity",
                all.subList(Math.max(0, all.size() - most), all.size()).stream()
                        .map(PaperApi::point)
                        .toList()));
    }

    /** Pauses the strategies. */
    public HttpResponse pause() {
        broker.pause("paused over HTTP");
        return changed();
    }

    /** Resumes the strategies, and ends a halt. */
    public HttpResponse resume() {
        broker.resume();
        return changed();
    }

    private HttpResponse changed() {
        if (broker.unavailable() != null) {
            return unavailable();
        }
        JournalEntry.State state = broker.state();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("paused", state.paused() != null);
        content.put("halted", state.halted() != null);
        return HttpResponse.ok(content);
    }

    private HttpResponse unavailable() {
        return new HttpResponse(503, Map.of("error", "paper trading is unavailable: " + broker.unavailable()));
    }

    private static HttpResponse badCount(int most) {
        return HttpResponse.bad("count must be a whole number from 1 to " + most);
    }

    private static Map<String, Object> order(PaperOrder order) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("id", order.id());
        content.put("strategy", order.strategy());
        content.put("symbol", order.symbol());
        content.put("side", order.side().toString());
        content.put("type", order.type().toString());
        content.put("qty", plain(order.qty()));
        content.put("price", plain(order.price()));
        content.put("stop_price", plain(order.stopPrice()));
        content.put("status", order.status().toString());
        content.put("filled", plain(order.filled()));
        content.put("average_price", plain(order.averagePrice()));
        content.put("fees", plain(order.fees()));
        content.put("reason", order.reason());
        content.put("created", time(order.createdMicros()));
        content.put("updated", time(order.updatedMicros()));
        return content;
    }

    private static Map<String, Object> signal(SignalOutcome outcome) {
        Signal signal = outcome.signal();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("timestamp", time(signal.timestampMicros()));
        content.put("strategy", signal.strategy());
        content.put("symbol", signal.symbol());
        content.put("signal_type", signal.signalType());
        content.put("confidence", plain(signal.confidence()));
        content.put("price", plain(signal.price()));
        content.put("quantity", plain(signal.quantity()));
        content.put("metadata", signal.metadata());
        content.put("order", outcome.orderId() < 0 ? null : outcome.orderId());
        content.put("refused", outcome.refused());
        return content;
    }

    private static Map<String, Object> point(EquityPoint point) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("ts", time(point.atMicros()));
        content.put("equity", plain(point.equity()));
        content.put("cash", plain(point.cash()));
        content.put("realised", plain(point.realised()));
        content.put("unrealised", plain(point.unrealised()));
        content.put("fees", plain(point.fees()));
        return content;
    }
}
