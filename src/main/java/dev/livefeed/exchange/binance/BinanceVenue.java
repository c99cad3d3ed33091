package dev.livefeed.exchange.binance;

import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.binance.rest.BinanceRouter;
import dev.livefeed.exchange.binance.stream.BinanceStreams;
import dev.livefeed.exchange.fault.FaultScheduler;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.stream.TopicHub;
import java.time.Duration;

/** The streams and the REST interface of Binance over the simulated markets. Not thread-safe. */
public final class BinanceVenue {

    private final BinanceMarkets data;
    private final BinanceStreams streams;
    private final BinanceRouter rest;

    /** What the venue demands of its clients, and what is kept to check them. */
    public record Rules(boolean limited, Duration connectionLifetime, int tradesKept, boolean truth) {}

    public BinanceVenue(SimulatedMarkets markets, TopicHub hub, FaultScheduler faults, Rules rules) {
        data = new BinanceMarkets(markets, rules.tradesKept(), rules.truth());
        streams = new BinanceStreams(
                data, hub, rules.limited(), rules.connectionLifetime().toMillis());
        rest = new BinanceRouter(data, faults, rules.limited());
    }

    public BinanceMarkets data() {
        return data;
    }

    public BinanceStreams streams() {
        return streams;
    }

    public BinanceRouter rest() {
        return rest;
    }
}
