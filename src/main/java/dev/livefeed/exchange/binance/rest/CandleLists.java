package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.binance.stream.BinanceStream;
import dev.livefeed.exchange.market.BuiltCandle;
import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** {@code klines}, oldest first: from a time, up to a time, or the latest. */
final class CandleLists implements BinanceEndpoint {

    private static final int DEFAULT_ROWS = 500;
    private static final int SPOT_ROWS = 1000;
    private static final int FUTURES_ROWS = 1500;
    private static final int INTERVAL = -1120;
    /** Candles of other time zones are not offered. */
    private static final Pattern UTC = Pattern.compile("[+-]?0{1,2}(:00)?");

    @Override
    public EndpointParameters parameters(boolean spot) {
        return new EndpointParameters(
                List.of("symbol", "interval"),
                spot ? List.of("startTime", "endTime", "timeZone", "limit") : List.of("startTime", "endTime", "limit"));
    }

    @Override
    public int weight(BinanceQuery query) {
        if (query.spot()) {
            return 2;
        }
        try {
            long limit = query.limit(DEFAULT_ROWS, FUTURES_ROWS);
            return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10;
        } catch (BinanceRefusal e) {
            return 1;
        }
    }

    @Override
    public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
        MarketData data = query.market();
        Interval interval = BinanceStream.interval(query.category(), query.text("interval"))
                .orElseThrow(() -> new BinanceRefusal(INTERVAL, "Invalid interval."));
        int limit = query.limit(DEFAULT_ROWS, query.spot() ? SPOT_ROWS : FUTURES_ROWS);
        if (query.has("timeZone") && !UTC.matcher(query.text("timeZone")).matches()) {
            throw BinanceRefusal.invalid("timeZone");
        }
        long startTime = query.time("startTime", 0);
        long endTime = query.time("endTime", Long.MAX_VALUE);
        query.checkPeriod(startTime, endTime);
        long start = Math.max(interval.floor(data.market().candles().firstStart()), startTime);
        long end = Math.min(now, endTime);
        if (query.has("startTime")) {
            long last = interval.floor(start);
            last = last < start ? interval.next(last) : last;
            start = last;
            for (int i = 1; i < limit && last <= end; i++) {
                last = interval.next(last);
            }
            end = Math.min(end, last);
        }
        List<BuiltCandle> candles = new ArrayList<>(data.market().candles().list(interval, start, end, limit, now));
        Collections.reverse(candles);
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        candles.forEach(candle -> row(rows.addArray(), data, interval, candle));
        return rows;
    }

    private static void row(ArrayNode row, MarketData data, Interval interval, BuiltCandle candle) {
        row.add(candle.start());
        row.add(data.numbers().price(candle.open()));
        row.add(data.numbers().price(candle.high()));
        row.add(data.numbers().price(candle.low()));
        row.add(data.numbers().price(candle.close()));
        row.add(data.numbers().size(candle.lots()));
        row.add(interval.next(candle.start()) - 1);
        row.add(DecimalText.padded(candle.turnover(), 8));
        row.add(candle.lots() == 0 ? 0 : 1);
        row.add(data.numbers().size(candle.lots() / 2));
        row.add(DecimalText.padded(candle.turnover() / 2, 8));
        row.add("0");
    }
}
