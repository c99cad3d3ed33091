package dev.livefeed.app.api.response.strategy;

import java.util.List;
import java.util.Map;

/** Counters of strategies and paper trading. */
public record StrategyMetricsResponse(
        long orders,
        int openOrders,
        long journalEntries,
        long clockStepsBack,
        long outOfStep,
        Map<String, Long> lateTrades,
        List<ListenerBody> strategies) {}
