package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.wire.AsciiText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of all markets of a category: figures in one array, best prices and liquidations in a frame each. */
final class AllMarketsPublisher extends FramePublisher {

    private final BinanceMarkets markets;
    private final boolean array;
    private final Map<MarketData, PeriodicEvent> sources = new HashMap<>();

    AllMarketsPublisher(BinanceStream stream, BinanceMarkets markets) {
        super(stream, stream.millis());
        this.markets = markets;
        this.array = switch (stream.kind()) {
            case TICKER, MINI_TICKER, MARK_PRICE -> true;
            default -> false;
        };
    }

    private List<MarketData> streaming() {
        return markets.of(topic().category()).stream()
                .filter(data -> data.market().state().streams())
                .toList();
    }

    private PeriodicEvent source(MarketData data) {
        return sources.computeIfAbsent(data, of -> PeriodicEvent.of(topic(), of));
    }

    @Override
    protected void activate(long now) {
        streaming().forEach(data -> source(data).skip(now));
    }

    @Override
    protected void publish(long now) {
        List<MarketData> streaming = streaming();
        sources.keySet().retainAll(streaming);
        if (array) {
            AsciiText rows = event().add('[');
            boolean any = false;
            for (MarketData data : streaming) {
                if (source(data).write(rows, now)) {
                    rows.add(',');
                    any = true;
                }
            }
            if (any) {
                send(rows.dropLast(',').add(']'));
            }
            return;
        }
        for (MarketData data : streaming) {
            AsciiText event = event();
            if (source(data).write(event, now)) {
                send(event);
            }
        }
    }
}
