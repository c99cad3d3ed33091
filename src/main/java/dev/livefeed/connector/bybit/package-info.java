/**
 * The {@code bybit} connector: Bybit's V5 public market data.
 *
 * <p>{@link dev.livefeed.connector.bybit.BybitFeed} and what it is made of is a state machine without socket, thread or
 * clock; {@link dev.livefeed.connector.bybit.BybitConnector} puts it on a network.
 */
package dev.livefeed.connector.bybit;
