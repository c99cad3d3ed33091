package dev.livefeed.exchange.venue;

/**
 * What is traded: its names, its steps, and how lively its market is.
 *
 * @param price where its market starts, in quote coin
 * @param touchSize what typically stands at the best price, in size units (base coin, or USD for inverse)
 * @param spreadTicks the usual distance of best bid and best ask
 * @param takersPerSecond orders that take, on average
 * @param quotesPerSecond changes of what stands in the book, on average
 */
public record Instrument(
        ProductCategory category,
        String symbol,
        String baseCoin,
        String quoteCoin,
        Step tick,
        Step lot,
        double price,
        double touchSize,
        int spreadTicks,
        double takersPerSecond,
        double quotesPerSecond) {

    /** Perpetuals and futures pad their numbers to full length; spot and options leave zeros out. */
    public boolean trims() {
        return !category.futures();
    }

    public String priceText(long ticks) {
        return tick.text(ticks, trims());
    }

    public String sizeText(long lots) {
        return lot.text(lots, trims());
    }

    /** The coin in which profit is paid. */
    public String settleCoin() {
        return category == ProductCategory.INVERSE ? baseCoin : quoteCoin;
    }

    /** What moves the price: the coin where it is priced in dollars, else the pair itself. */
    String wandersWith() {
        return quoteCoin.startsWith("USD") ? baseCoin : symbol;
    }

    /** By how many percent the price moves when the coin moves by one. */
    double elasticity() {
        if (category != ProductCategory.OPTION) {
            return 1;
        }
        return OptionSeries.terms(symbol).orElseThrow().call() ? 6 : -6;
    }
}
