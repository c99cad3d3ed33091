package dev.livefeed.app.stream;

import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;

/** Writes past candles as the HTTP interface does. */
@FunctionalInterface
public interface CandleForm {

    /** @return JSON text */
    String data(InstrumentId instrument, String timeframe, List<Candle> candles);
}
