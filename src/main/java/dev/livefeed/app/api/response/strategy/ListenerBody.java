package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.strategy.StrategyQueueStats;

/** A listening strategy and its queue. */
public record ListenerBody(
        String name, String hears, String timeframe, String symbol, @JsonUnwrapped Events events, String lastFailure) {

    public record Events(int waiting, long taken, long dropped, long conflated, long failed) {}

    public static ListenerBody of(StrategyQueueStats queue) {
        return new ListenerBody(
                queue.strategy(),
                queue.topic(),
                queue.timeframe(),
                queue.symbol(),
                new Events(queue.waiting(), queue.taken(), queue.dropped(), queue.conflated(), queue.failed()),
                queue.lastFailure());
    }
}
