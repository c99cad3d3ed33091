/** Strategies: candles, regimes and sessions in event time, and the moments that strategy routes decide on. */
package dev.livefeed.app.strategy;
