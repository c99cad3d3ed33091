package dev.livefeed.app.api.state;

import dev.livefeed.app.api.PaperApi;
import dev.livefeed.app.api.StrategyApi;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.strategy.OrderResponse;
import dev.livefeed.app.api.response.strategy.OrdersResponse;
import dev.livefeed.app.stream.FollowedState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the strategies and the paper account. */
public final class PaperStates {

    private static final String CHANNEL = "paper";
    private static final String STRATEGIES = "strategies";
    /** Of each, the open and the ended ones. */
    private static final int ORDERS = 100;

    private static final int FILLS = 200;
    private static final int EQUITY_POINTS = 500;
    private static final int SIGNALS = 50;
    private static final long SOON = 250;
    private static final long SECOND = 1_000;

    private final PaperApi paper;
    private final StrategyApi strategies;

    public PaperStates(PaperApi paper, StrategyApi strategies) {
        this.paper = paper;
        this.strategies = strategies;
    }

    List<FollowedState> states() {
        return List.of(
                FollowedState.of(CHANNEL, "positions", SECOND, () -> reading(paper.positions())),
                FollowedState.of(CHANNEL, "orders", SOON, () -> reading(orders())),
                FollowedState.of(CHANNEL, "fills", SOON, () -> reading(paper.fills(FILLS))),
                FollowedState.of(CHANNEL, "equity", SECOND, () -> reading(paper.equity(EQUITY_POINTS))),
                FollowedState.of(STRATEGIES, "strategies", SECOND, () -> reading(strategies.status())),
                FollowedState.of(STRATEGIES, "signals", SECOND, () -> reading(paper.signals(SIGNALS))));
    }

    private static FollowedState.Reading reading(Object body) {
        return FollowedState.Reading.of(StateJson.text(body));
    }

    private OrdersResponse orders() {
        try {
            List<OrderResponse> orders =
                    new ArrayList<>(paper.orders(null, "open", ORDERS).orders());
            orders.addAll(paper.orders(null, "ended", ORDERS).orders());
            orders.sort(Comparator.comparingLong(OrderResponse::id).reversed());
            return new OrdersResponse(orders);
        } catch (ApiException e) {
            throw new IllegalStateException("a request without a symbol was refused", e);
        }
    }
}
