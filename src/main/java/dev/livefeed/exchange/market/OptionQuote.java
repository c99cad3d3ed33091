package dev.livefeed.exchange.market;

/** Mark price, volatility and Greeks of an option contract. Plausible values, not a pricing model. */
public record OptionQuote(
        String markPrice, String indexPrice, String volatility, String delta, String gamma, String vega, String theta) {

    public static OptionQuote of(SimulatedMarket market, SimulatedMarkets markets) {
        OptionSeries.Terms terms =
                OptionSeries.terms(market.instrument().symbol()).orElseThrow();
        SimulatedMarket perpetual = markets.market(ProductCategory.LINEAR, terms.baseCoin() + "USDT");
        double underlying = perpetual == null
                ? terms.strike()
                : perpetual.lastTicks() * perpetual.instrument().tick().value();
        double days = Math.max(1, (terms.deliveryTime() - markets.at()) / 86_400_000.0);
        double volatility = 0.42 + 0.2 * SeededRandom.unit(market.key(), 5);
        double deviation = volatility * Math.sqrt(days / 365);
        double distance = Math.log(underlying / terms.strike()) / deviation;
        double call = 1 / (1 + Math.exp(-1.702 * distance));
        double density = Math.exp(-distance * distance / 2) / 2.5066;
        return new OptionQuote(
                DecimalText.decimal(
                        market.fairTicks() * market.instrument().tick().value(), 8),
                DecimalText.decimal(underlying, 2),
                DecimalText.decimal(volatility, 4),
                DecimalText.decimal(terms.call() ? call : call - 1, 8),
                DecimalText.decimal(density / (underlying * deviation), 8),
                DecimalText.decimal(underlying * density * Math.sqrt(days / 365) / 100, 8),
                DecimalText.decimal(-underlying * density * deviation / (2 * days), 8));
    }
}
