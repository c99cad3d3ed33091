package dev.livefeed.app.stream;

import dev.livefeed.app.market.BookView;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Trade;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The data of snapshots. Thread-safe. */
public interface StreamSource {

    /** Symbols that clients may use, sorted. */
    List<String> symbols();

    /** The last trade of a symbol, or null. */
    Trade lastTrade(String symbol);

    /** The deepest of the symbol's books with these levels, or null. */
    BookView book(String symbol, IntPredicate levels);

    /** The open candles of all timeframes. */
    List<Candle> openCandles(String symbol);

    /** The state of the feed: state, connected, fresh, ready, reasons, synthetic. */
    Map<String, Object> feed();

    /** Whether the data is not from a real exchange. */
    boolean synthetic();
}
