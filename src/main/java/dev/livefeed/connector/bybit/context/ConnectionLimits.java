package dev.livefeed.connector.bybit.context;

/**
 * What the venue takes of connections.
 *
 * @param topicChars the most characters of topic names on one connection, with their quotes and commas
 * @param topics the most topics on one connection
 * @param budget the most new connections in five minutes
 */
public record ConnectionLimits(int topicChars, int topics, int budget) {}
