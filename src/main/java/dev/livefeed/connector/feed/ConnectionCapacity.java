package dev.livefeed.connector.feed;

/**
 * The venue's limits for connections and their topics.
 *
 * @param topicChars maximum length of the topic names of one connection, with quotes and commas
 * @param topics maximum number of topics per connection
 * @param connections maximum number of connections of one category
 * @param budget maximum number of new connections in five minutes
 */
public record ConnectionCapacity(int topicChars, int topics, int connections, int budget) {}
