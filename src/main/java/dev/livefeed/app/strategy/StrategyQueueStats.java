package dev.livefeed.app.strategy;

/**
 * Figures of one strategy's inbox.
 *
 * @param waiting moments not yet taken
 * @param taken moments the strategy has been told
 * @param dropped moments lost because it was too slow
 * @param conflated book tops replaced by newer ones before it took them
 * @param failed moments on which its route failed
 * @param lastFailure of them, or null
 */
public record StrategyQueueStats(
        String strategy,
        String topic,
        String timeframe,
        String symbol,
        int waiting,
        long taken,
        long dropped,
        long conflated,
        long failed,
        String lastFailure) {}
