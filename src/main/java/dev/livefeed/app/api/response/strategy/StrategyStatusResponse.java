package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** State of the strategies: whether they receive events and may trade, why not, their routes, sessions and regimes. */
public record StrategyStatusResponse(
        @JsonUnwrapped Trading trading,
        Instant eventTime,
        boolean lockstep,
        List<String> timeframes,
        SessionsBody sessions,
        Map<String, String> regimes,
        List<ListenerBody> strategies) {

    public record Trading(String state, List<String> reasons, boolean paperTrading, boolean synthetic) {}
}
