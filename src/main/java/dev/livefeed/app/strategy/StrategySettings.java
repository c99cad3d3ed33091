package dev.livefeed.app.strategy;

import dev.livefeed.app.market.Sessions;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the strategy engine.
 *
 * @param timeframes the candles' timeframes; they include {@code regimeTimeframe}
 * @param lateness how far the event clock must pass the end of a candle to close it without a trade
 * @param sessions may be empty
 * @param regimeTimeframe name of the timeframe whose candles determine the regime
 * @param bookEvery minimum event time between two book tops of a symbol
 * @param lockstep whether the feed waits for strategies, as in a replay
 * @param ignoreBlockTrades whether trades that were negotiated outside the book are in no candle
 */
public record StrategySettings(
        List<Timeframe> timeframes,
        Duration lateness,
        Sessions sessions,
        String regimeTimeframe,
        Duration bookEvery,
        boolean lockstep,
        boolean ignoreBlockTrades) {}
