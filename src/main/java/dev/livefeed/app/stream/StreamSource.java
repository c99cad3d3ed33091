package dev.livefeed.app.stream;

import dev.livefeed.app.market.BookView;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Trade;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** What a snapshot is made of. Any thread may ask. */
public interface StreamSource {

    /** Symbols that anything may be told of, sorted. */
    List<String> symbols();

    /** The last trade, or null. */
    Trade lastTrade(String symbol);

    /** The deepest of the symbol's books of these levels, or null. */
    BookView book(String symbol, IntPredicate levels);

    /** The candles that are open now, of all timeframes. */
    List<Candle> openCandles(String symbol);

    /** How the feed is: state, connected, fresh, ready, reasons. */
    Map<String, Object> feed();

    /** Whether the data is no real exchange's. */
    boolean synthetic();
}
