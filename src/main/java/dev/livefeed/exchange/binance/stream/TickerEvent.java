package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.binance.market.MarketFigures;
import dev.livefeed.exchange.wire.AsciiText;

/** Figures of a market: of the last day, in full or short, or its mark price. */
final class TickerEvent implements PeriodicEvent {

    private final BinanceStream.Kind kind;
    private final MarketData data;
    /** Streams of all markets have the changed tickers only, but all mark prices. */
    private final boolean onlyChanges;

    private String sent = "";

    TickerEvent(BinanceStream stream, MarketData data) {
        this.kind = stream.kind();
        this.data = data;
        this.onlyChanges = stream.all() && kind != BinanceStream.Kind.MARK_PRICE;
    }

    @Override
    public void skip(long now) {
        changed(MarketFigures.of(data, now));
    }

    @Override
    public boolean write(AsciiText out, long now) {
        MarketFigures figures = MarketFigures.of(data, now);
        if (onlyChanges && !changed(figures)) {
            return false;
        }
        write(out, figures, now);
        return true;
    }

    private boolean changed(MarketFigures figures) {
        AsciiText timeless = new AsciiText(512);
        write(timeless, figures, 0);
        String last = sent;
        sent = timeless.toString();
        return !sent.equals(last);
    }

    /** @param now the time that is written */
    private void write(AsciiText out, MarketFigures figures, long now) {
        switch (kind) {
            case MINI_TICKER -> mini(out, figures, now);
            case MARK_PRICE -> mark(out, figures, now);
            default -> day(out, figures, now);
        }
    }

    private void mini(AsciiText out, MarketFigures figures, long now) {
        PeriodicEvent.begin(out, "24hrMiniTicker", now, data)
                .add(",\"c\":\"")
                .add(figures.last())
                .add("\",\"o\":\"")
                .add(figures.open())
                .add("\",\"h\":\"")
                .add(figures.high())
                .add("\",\"l\":\"")
                .add(figures.low())
                .add("\",\"v\":\"")
                .add(figures.volume())
                .add("\",\"q\":\"")
                .add(figures.turnover())
                .add("\"}");
    }

    private void day(AsciiText out, MarketFigures figures, long now) {
        PeriodicEvent.begin(out, "24hrTicker", now, data).add(",\"p\":\"").add(figures.change());
        out.add("\",\"P\":\"").add(figures.changePercent()).add("\",\"w\":\"").add(figures.average());
        if (data.spot()) {
            out.add("\",\"x\":\"").add(figures.open());
        }
        out.add("\",\"c\":\"").add(figures.last()).add("\",\"Q\":\"").add(figures.lastSize());
        if (data.spot()) {
            out.add("\",\"b\":\"").add(figures.bid()).add("\",\"B\":\"").add(figures.bidSize());
            out.add("\",\"a\":\"").add(figures.ask()).add("\",\"A\":\"").add(figures.askSize());
        }
        out.add("\",\"o\":\"").add(figures.open()).add("\",\"h\":\"").add(figures.high());
        out.add("\",\"l\":\"").add(figures.low()).add("\",\"v\":\"").add(figures.volume());
        out.add("\",\"q\":\"").add(figures.turnover()).add("\",\"O\":").add(now - MarketFigures.DAY);
        out.add(",\"C\":").add(now).add(",\"F\":").add(figures.firstId()).add(",\"L\":");
        out.add(figures.lastId()).add(",\"n\":").add(figures.trades()).add('}');
    }

    private void mark(AsciiText out, MarketFigures figures, long now) {
        PeriodicEvent.begin(out, "markPriceUpdate", now, data)
                .add(",\"p\":\"")
                .add(figures.mark())
                .add("\",\"i\":\"")
                .add(figures.index())
                .add("\",\"P\":\"")
                .add(figures.mark())
                .add("\",\"r\":\"")
                .add(figures.fundingRate())
                .add("\",\"T\":")
                .add(figures.nextFunding())
                .add('}');
    }
}
