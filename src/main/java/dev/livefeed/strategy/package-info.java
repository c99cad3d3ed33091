/**
 * Strategies: candles, regimes and sessions on event time, and the moments that strategy routes decide on. Knows no
 * Camel.
 */
package dev.livefeed.strategy;
