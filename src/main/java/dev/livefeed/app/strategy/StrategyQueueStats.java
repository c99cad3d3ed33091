package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.InstrumentId;

/**
 * Figures of one strategy's queue.
 *
 * @param waiting moments not yet taken
 * @param taken moments delivered to the strategy
 * @param dropped moments lost because the queue was full
 * @param conflated book tops replaced by newer ones before they were taken
 * @param failed moments on which the strategy's route failed
 * @param lastFailure the last of these errors, or null
 */
public record StrategyQueueStats(
        Listening listening, int waiting, long taken, long dropped, long conflated, long failed, String lastFailure) {

    /**
     * What a strategy listens to.
     *
     * @param strategy the id of its route
     * @param instrument the only instrument it listens to, or null for all
     */
    public record Listening(String strategy, String topic, String timeframe, InstrumentId instrument) {}

    public String strategy() {
        return listening.strategy();
    }

    public String topic() {
        return listening.topic();
    }

    public String timeframe() {
        return listening.timeframe();
    }

    /** The text of what it listens to, or null for all. */
    public String symbol() {
        return listening.instrument() == null ? null : listening.instrument().toString();
    }
}
