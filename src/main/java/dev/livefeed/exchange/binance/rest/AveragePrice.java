package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.BuiltCandle;
import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.Interval;

/** {@code avgPrice} of spot: the average by volume over the last minutes, or the last price if nothing was traded. */
final class AveragePrice implements BinanceEndpoint {

    private static final int MINUTES = 5;
    private static final long MILLIS = MINUTES * 60_000L;

    @Override
    public EndpointParameters parameters(boolean spot) {
        return EndpointParameters.ofSymbol();
    }

    @Override
    public int weight(BinanceQuery query) {
        return 2;
    }

    @Override
    public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
        MarketData data = query.market();
        double turnover = 0;
        double size = 0;
        for (BuiltCandle minute : data.market().candles().list(Interval.M1, now - MILLIS + 1, now, MINUTES, now)) {
            turnover += minute.turnover();
            size += data.market().instrument().lot().value() * minute.lots();
        }
        String price =
                size == 0 ? data.numbers().price(data.market().lastTicks()) : DecimalText.padded(turnover / size, 8);
        long trades = data.trades().written();
        return JsonNodeFactory.instance
                .objectNode()
                .put("mins", MINUTES)
                .put("price", price)
                .put(
                        "closeTime",
                        trades == 0 ? now : data.trades().get(trades - 1).at());
    }
}
