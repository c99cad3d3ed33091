package dev.livefeed.app.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.backfill.RestException.Kind;
import dev.livefeed.app.market.VenueCandle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Candles of Bybit's {@code kline}, checked row by row, oldest first, only those that are over. */
final class Klines {

    /** The most candles one answer holds. */
    static final int MAX_ROWS = 1_000;
    /** So long after its end a candle holds every trade. */
    private static final long SETTLED = 5_000;

    private static final int MAX_SCALE = 12;

    private final Rest rest;
    private final String category;

    Klines(Rest rest, String category) {
        this.rest = rest;
        this.category = category;
    }

    /**
     * Candles of one interval.
     *
     * @param interval {@code 1} for minutes, {@code D} for days
     * @param length of a candle in milliseconds
     * @param from start of the first, inclusive, milliseconds since 1970
     * @param to start of the last, inclusive; at most 1,000 candles on
     */
    List<VenueCandle> get(String symbol, String interval, long length, long from, long to)
            throws RestException, InterruptedException {
        JsonNode answer = rest.get("/v5/market/kline?category=" + category + "&symbol=" + symbol + "&interval="
                + interval + "&start=" + from + "&end=" + to + "&limit=" + MAX_ROWS);
        JsonNode list = answer.path("result").path("list");
        if (!list.isArray() || list.size() > MAX_ROWS || !answer.path("time").canConvertToLong()) {
            throw new RestException(Kind.PASSING, "the answer to kline has no list of at most " + MAX_ROWS, null);
        }
        long now = answer.path("time").asLong();
        List<VenueCandle> candles = new ArrayList<>(list.size());
        for (int i = list.size() - 1; i >= 0; i--) {
            VenueCandle candle = candle(list.get(i));
            if (candle.startMillis() < from || candle.startMillis() > to || candle.startMillis() % length != 0) {
                throw new RestException(
                        Kind.PASSING, "the answer to kline holds a candle that was not asked for", null);
            }
            if (candle.startMillis() + length + SETTLED <= now) {
                candles.add(candle);
            }
        }
        return candles;
    }

    private VenueCandle candle(JsonNode row) throws RestException {
        try {
            BigDecimal[] numbers = new BigDecimal[6];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = number(row.path(i + 1).asText());
            }
            VenueCandle candle = new VenueCandle(
                    Long.parseLong(row.path(0).asText()),
                    numbers[0],
                    numbers[1],
                    numbers[2],
                    numbers[3],
                    numbers[4],
                    value(numbers[4], numbers[5]));
            if (candle.low().signum() > 0
                    && candle.low().compareTo(candle.open().min(candle.close())) <= 0
                    && candle.high().compareTo(candle.open().max(candle.close())) >= 0) {
                return candle;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        String shown = row.toString();
        throw new RestException(
                Kind.PASSING,
                "a row of kline is no candle: " + (shown.length() > 120 ? shown.substring(0, 120) + "..." : shown),
                null);
    }

    /** Contracts of inverse products count in quote coin and their turnover in base coin. */
    private BigDecimal value(BigDecimal volume, BigDecimal turnover) {
        if (!category.equals("inverse")) {
            return turnover;
        }
        return turnover.signum() == 0
                ? null
                : volume.multiply(volume)
                        .divide(turnover, MathContext.DECIMAL64)
                        .setScale(MAX_SCALE, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal number(String text) {
        if (!text.matches("\\d{1,18}(\\.\\d{1,18})?")) {
            throw new NumberFormatException(text);
        }
        return new BigDecimal(text);
    }
}
