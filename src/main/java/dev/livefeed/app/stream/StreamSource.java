package dev.livefeed.app.stream;

import dev.livefeed.app.market.BookView;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.util.List;
import java.util.function.IntPredicate;

/** Provides what the stream sends besides events: snapshots and the state of the feed. Thread-safe. */
public interface StreamSource {

    /** Instruments that clients may use, sorted. */
    List<InstrumentId> symbols();

    /** The instrument of an event that is about one. */
    InstrumentId instrument(Event event);

    /** The last trade of a symbol, or null. */
    Trade lastTrade(InstrumentId instrument);

    /** The deepest of the symbol's books with these levels, or null. */
    BookView book(InstrumentId instrument, IntPredicate levels);

    /** The open candles of all timeframes. */
    List<Candle> openCandles(InstrumentId instrument);

    /** The state of the feed. */
    FeedStatus feed();

    /** Whether events are of several venues, so that messages need theirs. */
    default boolean severalVenues() {
        return false;
    }

    /** Whether the data is not from a real exchange. */
    boolean synthetic();
}
