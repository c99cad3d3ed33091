package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.market.OptionQuote;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A trade topic of one symbol, or of all option contracts of a coin: each trade once, in match order, without history
 * on subscription.
 */
final class TradePublisher extends TopicPublisher<StreamTopic> {

    private static final int MAX_TRADES_IN_FRAME = 1024;
    private static final int LISTING_MILLIS = 100;

    private final Supplier<List<SimulatedMarket>> source;
    private final SimulatedMarkets markets;
    private List<SimulatedMarket> published;
    private long[] next;
    private final AsciiText frame = new AsciiText(1024);
    private int inFrame;

    /** @param source the published markets, which become more when contracts are listed */
    TradePublisher(StreamTopic topic, Supplier<List<SimulatedMarket>> source, SimulatedMarkets markets) {
        super(topic, SimulatedMarkets.STEP);
        this.source = source;
        this.markets = markets;
        published = source.get();
        next = new long[published.size()];
    }

    @Override
    protected void activate(long now) {
        published = source.get();
        next = new long[published.size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = published.get(i).trades().written();
        }
    }

    @Override
    protected TextFrame snapshot(long now) {
        return null;
    }

    @Override
    protected void publish(long now) {
        inFrame = 0;
        if (markets.at() % LISTING_MILLIS == 0) {
            published = source.get();
            next = Arrays.copyOf(next, published.size());
        }
        for (int i = 0; i < next.length; i++) {
            SimulatedMarket market = published.get(i);
            for (long n = Math.max(next[i], market.trades().oldest());
                    n < market.trades().written();
                    n++) {
                if (inFrame == 0) {
                    open(now);
                }
                trade(market, market.trades().get(n));
                if (++inFrame == MAX_TRADES_IN_FRAME) {
                    close(now);
                }
            }
            next[i] = market.trades().written();
        }
        if (inFrame > 0) {
            close(now);
        }
    }

    private void open(long now) {
        frame.clear().add('{');
        if (option()) {
            frame.add("\"id\":\"")
                    .add(topic().text())
                    .add('-')
                    .add(markets.at())
                    .add('-')
                    .add(now)
                    .add("\",");
        }
        frame.add("\"topic\":\"").add(topic().text()).add("\",");
        if (topic().category().futures()) {
            frame.add("\"type\":\"snapshot\",\"ts\":").add(now);
        } else {
            frame.add("\"ts\":").add(now).add(",\"type\":\"snapshot\"");
        }
        frame.add(",\"data\":[");
    }

    private void close(long now) {
        push(TextFrame.of(frame.dropLast(',').add("]}")));
        inFrame = 0;
    }

    private void trade(SimulatedMarket market, MatchedTrade trade) {
        Instrument instrument = market.instrument();
        String side = trade.buy() ? "Buy" : "Sell";
        if (topic().category() == ProductCategory.SPOT) {
            frame.add("{\"i\":\"")
                    .add(trade.id())
                    .add("\",\"T\":")
                    .add(trade.at())
                    .add(",\"p\":\"");
            instrument.tick().write(frame, trade.ticks(), true);
            frame.add("\",\"v\":\"");
            instrument.lot().write(frame, trade.lots(), true);
            frame.add("\",\"S\":\"")
                    .add(side)
                    .add("\",\"seq\":")
                    .add(trade.sequence())
                    .add(",\"s\":\"");
            frame.add(instrument.symbol()).add("\",\"BT\":false,\"RPI\":false},");
            return;
        }
        frame.add("{\"T\":")
                .add(trade.at())
                .add(",\"s\":\"")
                .add(instrument.symbol())
                .add("\",\"S\":\"")
                .add(side)
                .add("\",\"v\":\"");
        instrument.lot().write(frame, trade.lots(), instrument.trims());
        frame.add("\",\"p\":\"");
        instrument.tick().write(frame, trade.ticks(), instrument.trims());
        frame.add('"');
        if (!option()) {
            frame.add(",\"L\":\"").add(trade.direction().text()).add('"');
        }
        frame.add(",\"i\":\"")
                .add(trade.id())
                .add("\",\"BT\":false,\"RPI\":false,\"seq\":")
                .add(trade.sequence());
        if (option()) {
            OptionQuote quote = OptionQuote.of(market, markets);
            frame.add(",\"mP\":\"").add(quote.markPrice()).add("\",\"iP\":\"").add(quote.indexPrice());
            frame.add("\",\"mIv\":\"")
                    .add(quote.volatility())
                    .add("\",\"iv\":\"")
                    .add(quote.volatility())
                    .add('"');
        }
        frame.add("},");
    }

    private boolean option() {
        return topic().category() == ProductCategory.OPTION;
    }
}
