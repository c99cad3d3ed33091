/** Trades in the order of their ids: missing ones are fetched or announced. */
package dev.livefeed.connector.binance.trade;
