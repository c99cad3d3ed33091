package dev.livefeed.connector.bybit.context;

/**
 * Limits of the venue for connections and the topics on them.
 *
 * @param topicChars the most characters of topic names on one connection, with their quotes and commas
 * @param topics the most topics on one connection
 * @param budget the most new connections in five minutes
 */
public record ConnectionCapacity(int topicChars, int topics, int budget) {}
