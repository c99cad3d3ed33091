package dev.livefeed.exchange.market;

/**
 * A tradable instrument of the local exchange.
 *
 * @param tick price step
 * @param lot size step
 */
public record Instrument(
        ProductCategory category,
        String symbol,
        String baseCoin,
        String quoteCoin,
        Step tick,
        Step lot,
        MarketProfile profile) {

    /** Whether trailing zeros are stripped: futures pad prices and sizes to the full scale, spot and options do not. */
    public boolean trims() {
        return !category.futures();
    }

    public String priceText(long ticks) {
        return tick.text(ticks, trims());
    }

    public String sizeText(long lots) {
        return lot.text(lots, trims());
    }

    /** The coin in which profit and loss are settled. */
    public String settleCoin() {
        return category == ProductCategory.INVERSE ? baseCoin : quoteCoin;
    }

    /** Seed of the price path: all markets of a coin quoted in dollars share one; any other pair has its own. */
    String priceDriver() {
        return quoteCoin.startsWith("USD") ? baseCoin : symbol;
    }

    /** Percentage change of this price for a change of 1 % in the price of the coin. */
    double elasticity() {
        if (category != ProductCategory.OPTION) {
            return 1;
        }
        return OptionSeries.terms(symbol).orElseThrow().call() ? 6 : -6;
    }
}
