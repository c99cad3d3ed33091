package dev.livefeed.exchange.fault;

/**
 * When and how often a fault happens.
 *
 * @param count occurrences per round
 * @param afterMillis delay before the first round
 * @param everyMillis interval between rounds; 0 for a single round
 */
public record FaultSchedule(int count, long afterMillis, long everyMillis) {}
