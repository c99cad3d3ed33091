package dev.livefeed.bench.micro;

import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.util.List;

/** Endless trades, one every 40 ms of event time, which is two million a day. */
final class PreparedTrades {

    private static final int TRADES = 65_536;
    private static final long INTERVAL_MICROS = 40_000;

    private final List<Trade> trades;
    private int next;
    private long micros = PreparedFrames.START_MILLIS * 1_000;

    PreparedTrades() throws IOException {
        trades = PreparedEvents.trades(TRADES);
    }

    Trade next() {
        micros += INTERVAL_MICROS;
        return PreparedEvents.at(trades.get(next++ & TRADES - 1), micros);
    }
}
