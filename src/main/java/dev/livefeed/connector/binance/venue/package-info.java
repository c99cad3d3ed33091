/** Binance's markets, hosts and limits, the settings that choose them, and what its answers mean. */
package dev.livefeed.connector.binance.venue;
