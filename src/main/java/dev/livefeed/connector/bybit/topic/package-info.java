/**
 * The topics of the public streams, and their frames as reused values. Events are made of them in the packages of the
 * streams: trade, book, ticker, notice; the account reads its own frames.
 */
package dev.livefeed.connector.bybit.topic;
