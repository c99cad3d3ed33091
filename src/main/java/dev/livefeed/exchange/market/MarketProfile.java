package dev.livefeed.exchange.market;

/**
 * How liquid and how active a simulated market is.
 *
 * @param startPrice price at the start, in quote coin
 * @param touchSize typical size at the best price, in base coin (USD for inverse)
 * @param spreadTicks typical spread, in ticks
 * @param takersPerSecond average rate of taker orders
 * @param quotesPerSecond average rate of quote updates
 */
public record MarketProfile(
        double startPrice, double touchSize, int spreadTicks, double takersPerSecond, double quotesPerSecond) {}
