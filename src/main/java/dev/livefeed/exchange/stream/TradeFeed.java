package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.venue.Instrument;
import dev.livefeed.exchange.venue.Market;
import dev.livefeed.exchange.venue.OptionQuote;
import dev.livefeed.exchange.venue.Print;
import dev.livefeed.exchange.venue.Venue;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.Frame;
import java.util.List;

/** The tape of one symbol, or of all option contracts of a coin: each trade once, in match order, without a backlog on joining. */
final class TradeFeed extends Feed {

    private static final int MAX_TRADES_IN_FRAME = 1024;

    private final List<Market> markets;
    private final Venue venue;
    private final long[] next;
    private final AsciiText frame = new AsciiText(1024);
    private int inFrame;

    TradeFeed(Topic topic, List<Market> markets, Venue venue) {
        super(topic, Venue.STEP);
        this.markets = markets;
        this.venue = venue;
        next = new long[markets.size()];
    }

    @Override
    void wake(long now) {
        for (int i = 0; i < next.length; i++) {
            next[i] = markets.get(i).tape().written();
        }
    }

    @Override
    Frame snapshot(long now) {
        return null;
    }

    @Override
    void publish(long now) {
        inFrame = 0;
        for (int i = 0; i < next.length; i++) {
            Market market = markets.get(i);
            for (long n = Math.max(next[i], market.tape().oldest());
                    n < market.tape().written();
                    n++) {
                if (inFrame == 0) {
                    open(now);
                }
                trade(market, market.tape().get(n));
                if (++inFrame == MAX_TRADES_IN_FRAME) {
                    close(now);
                }
            }
            next[i] = market.tape().written();
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
                    .add(venue.at())
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
        push(Frame.of(frame.dropLast(',').add("]}")));
        inFrame = 0;
    }

    private void trade(Market market, Print print) {
        Instrument instrument = market.instrument();
        String side = print.buy() ? "Buy" : "Sell";
        if (topic().category() == Category.SPOT) {
            frame.add("{\"i\":\"")
                    .add(print.id())
                    .add("\",\"T\":")
                    .add(print.at())
                    .add(",\"p\":\"");
            instrument.tick().write(frame, print.ticks(), true);
            frame.add("\",\"v\":\"");
            instrument.lot().write(frame, print.lots(), true);
            frame.add("\",\"S\":\"")
                    .add(side)
                    .add("\",\"seq\":")
                    .add(print.sequence())
                    .add(",\"s\":\"");
            frame.add(instrument.symbol()).add("\",\"BT\":false,\"RPI\":false},");
            return;
        }
        frame.add("{\"T\":")
                .add(print.at())
                .add(",\"s\":\"")
                .add(instrument.symbol())
                .add("\",\"S\":\"")
                .add(side)
                .add("\",\"v\":\"");
        instrument.lot().write(frame, print.lots(), instrument.trims());
        frame.add("\",\"p\":\"");
        instrument.tick().write(frame, print.ticks(), instrument.trims());
        frame.add('"');
        if (!option()) {
            frame.add(",\"L\":\"").add(print.direction().text()).add('"');
        }
        frame.add(",\"i\":\"")
                .add(print.id())
                .add("\",\"BT\":false,\"RPI\":false,\"seq\":")
                .add(print.sequence());
        if (option()) {
            OptionQuote quote = OptionQuote.of(market, venue);
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
        return topic().category() == Category.OPTION;
    }
}
