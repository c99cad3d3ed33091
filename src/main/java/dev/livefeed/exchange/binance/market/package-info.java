/** The simulated markets in the terms of Binance: ids, aggregate trades and numbers. */
package dev.livefeed.exchange.binance.market;
