package dev.livefeed.app.stream;

import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;

/**
 * The past candles of a symbol that one client has requested, page by page. Each page is read when it is sent, so that
 * it is never older than a candle that the client has already received.
 */
final class PastCandles {

    /** Maximum number of candles that a client can request. */
    static final int MAX = 1_440;

    static final int PAGE = 200;

    private final InstrumentId instrument;
    private final String timeframe;
    private final int count;
    private long nextMicros = Long.MIN_VALUE;
    private boolean done;

    PastCandles(InstrumentId instrument, String timeframe, int count) {
        this.instrument = instrument;
        this.timeframe = timeframe;
        this.count = count;
    }

    InstrumentId instrument() {
        return instrument;
    }

    String timeframe() {
        return timeframe;
    }

    /** Whether all pages have been taken. */
    boolean done() {
        return done;
    }

    /** The next page as a message, or null if there is none. */
    String next(StreamSource source, StreamMessages messages) {
        List<Candle> rest = source.candles(instrument, timeframe, count).stream()
                .filter(candle -> candle.startMicros() >= nextMicros)
                .toList();
        done = rest.size() <= PAGE;
        if (rest.isEmpty()) {
            return null;
        }
        List<Candle> page = done ? rest : rest.subList(0, PAGE);
        nextMicros = page.get(page.size() - 1).endMicros();
        return messages.candles(instrument, timeframe, page);
    }
}
