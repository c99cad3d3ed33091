package dev.livefeed.app.stream;

import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.health.OverallVerdict;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.SymbolView;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Snapshots from the application's market and strategies. */
public final class MarketSource implements StreamSource {

    private static final int MAX_LEVELS = 10_000;
    private static final int MAX_REASONS = 20;

    private final Market market;
    private final Strategies strategies;
    private final AllFeeds feeds;
    private final Instruments wanted;

    /** @param wanted the subscribed instruments, with or without data */
    public MarketSource(Market market, Strategies strategies, AllFeeds feeds, Instruments wanted) {
        this.market = market;
        this.strategies = strategies;
        this.feeds = feeds;
        this.wanted = wanted;
    }

    @Override
    public List<InstrumentId> symbols() {
        TreeSet<InstrumentId> all = new TreeSet<>(wanted.configured());
        all.addAll(market.symbols());
        return List.copyOf(all);
    }

    @Override
    public InstrumentId instrument(Event event) {
        return wanted.of(event);
    }

    @Override
    public Trade lastTrade(InstrumentId instrument) {
        SymbolView view = market.view(instrument);
        return view == null ? null : view.lastTrade();
    }

    @Override
    public BookView book(InstrumentId instrument, IntPredicate levels) {
        return market.book(instrument, levels, MAX_LEVELS);
    }

    @Override
    public List<Candle> openCandles(InstrumentId instrument) {
        List<Candle> open = new ArrayList<>();
        for (Timeframe timeframe : strategies.settings().timeframes()) {
            List<Candle> last = strategies.candles(instrument, timeframe.name(), 1);
            if (last != null) {
                last.stream().filter(candle -> !candle.closed()).forEach(open::add);
            }
        }
        return open;
    }

    @Override
    public FeedStatus feed() {
        OverallVerdict verdict = feeds.overall();
        return new FeedStatus(
                verdict.state().toString(),
                verdict.connected(),
                verdict.fresh(),
                verdict.ready(),
                verdict.reasons().stream().limit(MAX_REASONS).toList(),
                verdict.synthetic());
    }

    @Override
    public boolean severalVenues() {
        return wanted.severalVenues();
    }

    @Override
    public boolean synthetic() {
        return feeds.synthetic();
    }
}
