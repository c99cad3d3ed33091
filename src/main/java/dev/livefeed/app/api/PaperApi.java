package dev.livefeed.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.strategy.EquityBody;
import dev.livefeed.app.api.response.strategy.EquityResponse;
import dev.livefeed.app.api.response.strategy.FillsResponse;
import dev.livefeed.app.api.response.strategy.OrderResponse;
import dev.livefeed.app.api.response.strategy.OrdersResponse;
import dev.livefeed.app.api.response.strategy.PositionsResponse;
import dev.livefeed.app.api.response.strategy.SignalsResponse;
import dev.livefeed.app.api.response.strategy.SwitchResponse;
import dev.livefeed.app.paper.EquityPoint;
import dev.livefeed.app.paper.Fill;
import dev.livefeed.app.paper.JournalEntry;
import dev.livefeed.app.paper.OrderRequest;
import dev.livefeed.app.paper.OrderResult;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.paper.PaperOrder;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The paper account over HTTP: orders, positions, signals, equity, pause and resume. */
public final class PaperApi {

    private static final int MAX_TEXT = 40;

    private final PaperBroker broker;
    private final InstrumentParameter parameter;

    /** @param parameter resolves the symbol of an order */
    public PaperApi(PaperBroker broker, InstrumentParameter parameter) {
        this.broker = broker;
        this.parameter = parameter;
    }

    /**
     * Orders, newest first.
     *
     * @param symbol only orders of this instrument; null for all
     * @param status {@code open}, {@code ended} or {@code all}
     * @param count maximum number of orders
     */
    public OrdersResponse orders(String symbol, String status, int count) throws ApiException {
        InstrumentId instrument = symbol == null ? null : parameter.withEnded(symbol);
        JournalEntry.State state = broker.state();
        List<PaperOrder> orders = new ArrayList<>();
        if (!status.equals("open")) {
            orders.addAll(state.ended());
        }
        if (!status.equals("ended")) {
            orders.addAll(state.open());
        }
        orders.removeIf(order -> instrument != null && !order.instrument().equals(instrument));
        orders.sort(Comparator.comparingLong(PaperOrder::id).reversed());
        return new OrdersResponse(
                orders.stream().limit(count).map(OrderResponse::of).toList());
    }

    /**
     * Places a manual order.
     *
     * @param body checked against the contract
     * @throws ApiException 400 if it is not a valid order, 409 if it is refused, 503 if paper trading is unavailable
     */
    public OrderResponse place(JsonNode body) throws ApiException {
        OrderRequest request = new OrderRequest(
                OrderRequest.MANUAL,
                parameter.withEnded(
                        body.hasNonNull("symbol") ? body.get("symbol").textValue() : null),
                body.path("side").asText().equals("buy") ? Side.BUY : Side.SELL,
                OrderType.named(body.path("type").asText("market")),
                decimal(body, "qty"),
                decimal(body, "price"),
                decimal(body, "stop_price"));
        String fault = request.fault();
        if (fault != null) {
            throw new ApiException(400, fault);
        }
        OrderResult result = broker.place(request);
        if (result.refused() != null) {
            throw broker.unavailable() == null
                    ? parameter.noData(request.instrument(), new ApiException(409, result.refused()))
                    : new ApiException(503, result.refused());
        }
        return OrderResponse.of(result.order());
    }

    private static BigDecimal decimal(JsonNode body, String field) throws ApiException {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        BigDecimal number = node.isNumber() ? node.decimalValue() : new BigDecimal(node.textValue());
        if (node.asText().length() > MAX_TEXT || Math.abs(number.scale()) > MAX_TEXT) {
            throw ApiException.bad(field, node.asText(), "a decimal number with at most 18 digits");
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /**
     * Cancels an open order.
     *
     * @throws ApiException 404 if no such order is open, 503 if paper trading is unavailable
     */
    public OrderResponse cancel(long id) throws ApiException {
        PaperOrder order = broker.cancel(id, "cancelled over HTTP");
        if (order == null) {
            refuseIfUnavailable();
            throw new ApiException(404, "no order " + id + " is open");
        }
        return OrderResponse.of(order);
    }

    /** All positions with their profit and loss; flat ones show the realised part. */
    public PositionsResponse positions() {
        JournalEntry.State state = broker.state();
        return new PositionsResponse(
                EquityBody.of(broker.valuation()),
                state.capital(),
                state.source(),
                state.positions().stream()
                        .map(position -> PositionsResponse.position(
                                position, state.marks().get(position.instrument())))
                        .toList(),
                "left out");
    }

    /** The last signals with their outcomes, newest first. */
    public SignalsResponse signals(int count) {
        List<SignalOutcome> all = broker.state().signals();
        List<SignalsResponse.Item> list = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && list.size() < count; i--) {
            list.add(SignalsResponse.item(all.get(i)));
        }
        return new SignalsResponse(list);
    }

    /** The last fills, newest first. */
    public FillsResponse fills(int count) {
        List<Fill> all = broker.state().fills();
        List<FillsResponse.Item> list = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && list.size() < count; i--) {
            list.add(FillsResponse.item(all.get(i)));
        }
        return new FillsResponse(list);
    }

    /** The last points of the equity curve, oldest first. */
    public EquityResponse equity(int count) {
        List<EquityPoint> all = broker.state().equity();
        return new EquityResponse(all.subList(Math.max(0, all.size() - count), all.size()).stream()
                .map(EquityBody::of)
                .toList());
    }

    /** Pauses the strategies. */
    public SwitchResponse pause() throws ApiException {
        broker.pause("paused over HTTP");
        return changed();
    }

    /** Resumes the strategies and ends a halt. */
    public SwitchResponse resume() throws ApiException {
        broker.resume();
        return changed();
    }

    private SwitchResponse changed() throws ApiException {
        refuseIfUnavailable();
        JournalEntry.State state = broker.state();
        return new SwitchResponse(state.paused() != null, state.halted() != null);
    }

    private void refuseIfUnavailable() throws ApiException {
        if (broker.unavailable() != null) {
            throw new ApiException(503, "paper trading is unavailable: " + broker.unavailable());
        }
    }
}
