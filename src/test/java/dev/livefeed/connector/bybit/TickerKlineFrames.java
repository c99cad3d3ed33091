package dev.livefeed.connector.bybit;

/** Frames of tickers, candles and liquidations in the venue's form, with a given time. */
public final class TickerKlineFrames {

    private TickerKlineFrames() {}

    /**
     * @param type snapshot or delta
     * @param fields fields of {@code data} after the symbol, in the venue's form
     */
    public static String ticker(String symbol, String type, String fields, long millis) {
        return "{\"topic\":\"tickers." + symbol + "\",\"type\":\"" + type + "\",\"data\":{\"symbol\":\"" + symbol + "\""
                + (fields.isEmpty() ? "" : "," + fields) + "},\"cs\":818232112541,\"ts\":" + millis + "}";
    }

    public static String fullTicker(String symbol, String lastPrice, long millis) {
        return ticker(
                symbol,
                "snapshot",
                "\"tickDirection\":\"ZeroMinusTick\",\"price24hPcnt\":\"-0.01229\",\"lastPrice\":\"" + lastPrice
                        + "\",\"prevPrice24h\":\"84057.70\",\"highPrice24h\":\"84556.00\",\"lowPrice24h\":\"82813.80\","
                        + "\"prevPrice1h\":\"83275.30\",\"markPrice\":\"83024.70\",\"indexPrice\":\"83074.01\","
                        + "\"openInterest\":\"57118.511\",\"openInterestValue\":\"4742247240.22\","
                        + "\"turnover24h\":\"3734121786.2434\",\"volume24h\":\"44701.1000\","
                        + "\"fundingIntervalHour\":\"8\","
                        + "\"fundingCap\":\"0.00333\",\"nextFundingTime\":\"" + (millis + 3_600_000)
                        + "\",\"fundingRate\":\"-0.00007774\",\"bid1Price\":\"83024.60\",\"bid1Size\":\"3.871\","
                        + "\"ask1Price\":\"83024.70\",\"ask1Size\":\"2.935\",\"preOpenPrice\":\"\",\"preQty\":\"\","
                        + "\"curPreListingPhase\":\"\"",
                millis);
    }

    public static String kline(
            String interval, String symbol, long start, long end, String close, boolean confirm, long millis) {
        return "{\"topic\":\"kline." + interval + "." + symbol + "\",\"data\":[{\"start\":" + start + ",\"end\":" + end
                + ",\"interval\":\"" + interval + "\",\"open\":\"16649.5\",\"close\":\"" + close
                + "\",\"high\":\"16677\",\"low\":\"16608\",\"volume\":\"2.081\",\"turnover\":\"34666.4005\","
                + "\"confirm\":"
                + confirm + ",\"timestamp\":" + millis + "}],\"ts\":" + millis + ",\"type\":\"snapshot\"}";
    }

    /** @param rows rows of {@code data}, created by {@link #liquidated} */
    public static String liquidations(String symbol, long millis, String... rows) {
        return "{\"topic\":\"allLiquidation." + symbol + "\",\"type\":\"snapshot\",\"ts\":" + millis + ",\"data\":["
                + String.join(",", rows) + "]}";
    }

    /** @param side Buy if a long position was closed */
    public static String liquidated(String symbol, String side, String qty, String price, long millis) {
        return "{\"T\":" + millis + ",\"s\":\"" + symbol + "\",\"S\":\"" + side + "\",\"v\":\"" + qty + "\",\"p\":\""
                + price + "\"}";
    }
}
