/** The topics of the public streams, and their frames as values. */
package dev.livefeed.connector.bybit.topic;
