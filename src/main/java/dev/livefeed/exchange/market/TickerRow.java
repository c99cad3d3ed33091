package dev.livefeed.exchange.market;

import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a ticker, with the venue's names and order, for stream and REST. */
public final class TickerRow {

    private static final long FUNDING_MILLIS = 8 * 3_600_000L;

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final SimulatedMarket market;
    private final Instrument instrument;
    private final long now;
    private final BuiltCandle day;
    private final double last;

    private TickerRow(SimulatedMarket market, long now) {
        this.market = market;
        this.instrument = market.instrument();
        this.now = now;
        this.day = market.candles().lastDay(now);
        this.last = market.lastTicks() * instrument.tick().value();
        fields.put("symbol", instrument.symbol());
    }

    /** Fields of the stream. */
    public static Map<String, String> ofStream(SimulatedMarket market, SimulatedMarkets markets, long now) {
        TickerRow ticker = new TickerRow(market, now);
        switch (market.instrument().category()) {
            case SPOT -> ticker.spot(false, markets);
            case OPTION -> ticker.option(false, markets);
            default -> ticker.futures(true);
        }
        return ticker.fields;
    }

    /** Fields of the REST response. */
    public static Map<String, String> ofRest(SimulatedMarket market, SimulatedMarkets markets, long now) {
        TickerRow ticker = new TickerRow(market, now);
        switch (market.instrument().category()) {
            case SPOT -> ticker.spot(true, markets);
            case OPTION -> ticker.option(true, markets);
            default -> ticker.futures(false);
        }
        return ticker.fields;
    }

    private void futures(boolean stream) {
        double mark = Math.round(market.fairTicks()) * instrument.tick().value();
        double index = mark * (1 + 0.0006 * (SeededRandom.unit(market.key(), 1) - 0.4));
        long interest = instrument
                .lot()
                .count(instrument.profile().touchSize()
                        * 9000
                        * (1 + 0.02 * SeededRandom.unit(market.key(), now / 60_000)));
        double interestSize = instrument.lot().value() * interest;
        boolean inverse = instrument.category() == ProductCategory.INVERSE;
        double interestValue = inverse ? interestSize / mark : interestSize * mark;
        if (stream) {
            fields.put("tickDirection", market.direction().text());
        }
        dayFields(6);
        BuiltCandle hour = market.candles()
                .list(Interval.M1, now - 3_600_000, now - 3_540_000, 1, now)
                .get(0);
        fields.put("prevPrice1h", instrument.priceText(hour.open()));
        fields.put("markPrice", DecimalText.padded(mark, instrument.tick().scale()));
        fields.put("indexPrice", DecimalText.padded(index, instrument.tick().scale()));
        fields.put("openInterest", instrument.sizeText(interest));
        fields.put("openInterestValue", DecimalText.padded(interestValue, 2));
        fields.put("turnover24h", DecimalText.padded(day.turnover(), 4));
        fields.put("volume24h", DecimalText.padded(day.lots() * instrument.lot().value(), 4));
        fields.put("fundingIntervalHour", "8");
        fields.put("fundingCap", "0.00333");
        if (stream) {
            fields.put("singleOpenInterest", instrument.lot().text(interest / 2, instrument.trims()));
            fields.put("singleOpenInterestValue", DecimalText.padded(interestValue / 2, 2));
        }
        fields.put("nextFundingTime", Long.toString((now / FUNDING_MILLIS + 1) * FUNDING_MILLIS));
        fields.put(
                "fundingRate",
                DecimalText.decimal(0.0001 * (2 * SeededRandom.unit(market.key(), now / FUNDING_MILLIS) - 0.7), 8));
        touch("bid1Price", "bid1Size", market.book().bids());
        touch("ask1Price", "ask1Size", market.book().asks());
        if (!stream) {
            fields.put("predictedDeliveryPrice", "");
            fields.put("basisRate", "");
            fields.put("deliveryFeeRate", "");
            fields.put("deliveryTime", "0");
            fields.put("basis", "");
        }
        fields.put("preOpenPrice", "");
        fields.put("preQty", "");
        fields.put("curPreListingPhase", "");
    }

    private void spot(boolean rest, SimulatedMarkets markets) {
        if (rest) {
            touch("bid1Price", "bid1Size", market.book().bids());
            touch("ask1Price", "ask1Size", market.book().asks());
        }
        fields.put("lastPrice", instrument.priceText(market.lastTicks()));
        fields.put("highPrice24h", instrument.priceText(day.high()));
        fields.put("lowPrice24h", instrument.priceText(day.low()));
        fields.put("prevPrice24h", instrument.priceText(day.open()));
        fields.put("volume24h", instrument.sizeText(day.lots()));
        fields.put("turnover24h", DecimalText.decimal(day.turnover(), 8));
        fields.put("price24hPcnt", change(4));
        SimulatedMarket dollar = markets.market(ProductCategory.LINEAR, instrument.baseCoin() + "USDT");
        fields.put(
                "usdIndexPrice",
                dollar == null
                        ? ""
                        : DecimalText.decimal(
                                dollar.fairTicks() * dollar.instrument().tick().value(), 6));
    }

    private void option(boolean rest, SimulatedMarkets markets) {
        OptionQuote quote = OptionQuote.of(market, markets);
        String number = rest ? "1" : "";
        touch("bid" + number + "Price", "bid" + number + "Size", market.book().bids());
        fields.put("bid" + number + "Iv", quote.volatility());
        touch("ask" + number + "Price", "ask" + number + "Size", market.book().asks());
        fields.put("ask" + number + "Iv", quote.volatility());
        fields.put("lastPrice", instrument.priceText(market.lastTicks()));
        fields.put("highPrice24h", instrument.priceText(day.high()));
        fields.put("lowPrice24h", instrument.priceText(day.low()));
        fields.put("markPrice", quote.markPrice());
        fields.put("indexPrice", quote.indexPrice());
        fields.put(rest ? "markIv" : "markPriceIv", quote.volatility());
        fields.put("underlyingPrice", quote.indexPrice());
        fields.put(
                "openInterest",
                instrument.sizeText(instrument.lot().count(instrument.profile().touchSize() * 40)));
        fields.put("turnover24h", DecimalText.decimal(day.turnover(), 4));
        fields.put("volume24h", instrument.sizeText(day.lots()));
        fields.put("totalVolume", instrument.sizeText(day.lots() * 3));
        fields.put("totalTurnover", DecimalText.decimal(day.turnover() * 3, 0));
        fields.put("delta", quote.delta());
        fields.put("gamma", quote.gamma());
        fields.put("vega", quote.vega());
        fields.put("theta", quote.theta());
        fields.put("predictedDeliveryPrice", "0");
        fields.put("change24h", change(8));
    }

    private void dayFields(int scale) {
        fields.put("price24hPcnt", change(scale));
        fields.put("lastPrice", instrument.priceText(market.lastTicks()));
        fields.put("prevPrice24h", instrument.priceText(day.open()));
        fields.put("highPrice24h", instrument.priceText(day.high()));
        fields.put("lowPrice24h", instrument.priceText(day.low()));
    }

    private String change(int scale) {
        double before = day.open() * instrument.tick().value();
        return DecimalText.decimal((last - before) / before, scale);
    }

    private void touch(String price, String size, Ladder side) {
        boolean empty = side.count() == 0;
        fields.put(price, empty ? "0" : instrument.priceText(side.price(0)));
        fields.put(size, empty ? "0" : instrument.sizeText(side.size(0)));
    }
}
