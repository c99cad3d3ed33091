package dev.livefeed.app.strategy;

import dev.livefeed.app.market.Sessions;
import java.time.Duration;
import java.util.List;

/**
 * How the engine is set up.
 *
 * @param timeframes of the candles; {@code regimeTimeframe} is one of them
 * @param lateness how far the clock of events must be behind the end of a candle to close it without a trade
 * @param sessions may be none
 * @param regimeTimeframe name of the timeframe by whose candles the regime is judged
 * @param bookEvery the least event time between two book tops of a symbol
 * @param lockstep whether the feed waits for strategies, as in a replay
 */
public record StrategySettings(
        List<Timeframe> timeframes,
        Duration lateness,
        Sessions sessions,
        String regimeTimeframe,
        Duration bookEvery,
        boolean lockstep) {}
