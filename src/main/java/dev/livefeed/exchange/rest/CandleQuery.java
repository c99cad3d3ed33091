package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.BuiltCandle;
import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.Interval;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;

/**
 * Candles, newest first. If the range holds more than the limit, the latest are returned; with only a start, the
 * earliest.
 */
final class CandleQuery implements Endpoint {

    private static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 1000;

    private final SimulatedMarkets markets;

    CandleQuery(SimulatedMarkets markets) {
        this.markets = markets;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(ProductCategory.LINEAR);
        if (category == ProductCategory.OPTION) {
            throw new BadQueryException("Illegal category");
        }
        SimulatedMarket market = RestRouter.market(markets, query, ProductCategory.LINEAR);
        Interval interval =
                Interval.of(query.text("interval", "")).orElseThrow(() -> new BadQueryException("Invalid period!"));
        int limit = (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        long first = interval.floor(market.candles().firstStart());
        long start = query.number("start", Long.MIN_VALUE, 0, Long.MAX_VALUE);
        long end = query.number("end", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        if (start != Long.MIN_VALUE && end == Long.MAX_VALUE) {
            long at = Math.max(first, start > now ? now + 1 : interval.floor(start - 1));
            at = at < start ? interval.next(at) : at;
            for (int i = 1; i < limit && at <= now; i++) {
                at = interval.next(at);
            }
            end = at;
        }
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("category", category.id())
                .put("symbol", market.instrument().symbol());
        ArrayNode list = result.putArray("list");
        for (BuiltCandle candle : market.candles().list(interval, Math.max(first, start), end, limit, now)) {
            row(list.addArray(), market.instrument(), candle);
        }
        return result;
    }

    private static void row(ArrayNode row, Instrument instrument, BuiltCandle candle) {
        row.add(Long.toString(candle.start()));
        row.add(instrument.tick().text(candle.open(), true));
        row.add(instrument.tick().text(candle.high(), true));
        row.add(instrument.tick().text(candle.low(), true));
        row.add(instrument.tick().text(candle.close(), true));
        row.add(instrument.lot().text(candle.lots(), true));
        row.add(DecimalText.decimal(candle.turnover(), 8));
    }
}
