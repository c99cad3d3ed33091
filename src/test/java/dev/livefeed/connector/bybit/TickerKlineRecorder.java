package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.TradeRow;
import dev.livefeed.connector.feed.KlineRow;
import dev.livefeed.protocol.model.TickerFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Receives the tickers, candles and liquidations that the exchange sends, over a connection without faults. */
final class TickerKlineRecorder {

    private final Map<String, TickerFigures.Builder> pictures = new HashMap<>();
    private final Map<String, Set<TickerFigures>> told = new HashMap<>();
    private final Map<String, Map<Long, KlineRow>> closed = new HashMap<>();
    private final Map<String, List<Print>> liquidations = new HashMap<>();

    /** Identity of a liquidation. */
    record Print(long micros, boolean longPosition, long price, long qty) {}

    void take(ParsedFrame frame) {
        String topic = frame.topic.name().text();
        switch (frame.topic.name().kind()) {
            case TICKER -> {
                TickerFigures.Builder picture = pictures.computeIfAbsent(topic, key -> new TickerFigures.Builder());
                if (frame.snapshot) {
                    picture.clear();
                }
                frame.ticker.applyTo(picture);
                told.computeIfAbsent(topic, key -> new HashSet<>()).add(picture.build());
            }
            case KLINE ->
                frame.klines.stream().filter(KlineRow::closed).forEach(row -> closed.computeIfAbsent(
                                topic, key -> new HashMap<>())
                        .put(row.startMillis(), row));
            case LIQUIDATIONS -> {
                List<Print> prints = liquidations.computeIfAbsent(topic, key -> new ArrayList<>());
                for (int i = 0; i < frame.tradeCount; i++) {
                    TradeRow row = frame.trades.get(i);
                    prints.add(new Print(
                            row.timeMillis * 1_000L,
                            row.side == dev.livefeed.protocol.model.Side.BUY,
                            row.price,
                            row.qty));
                }
            }
            default -> throw new AssertionError(topic);
        }
    }

    /** Whether the ticker ever had this state. */
    boolean told(String topic, TickerFigures picture) {
        return told.getOrDefault(topic, Set.of()).contains(picture);
    }

    /** The current state of the ticker. */
    TickerFigures newest(String topic) {
        return pictures.get(topic).build();
    }

    /** The closed candles, by their start. */
    Map<Long, KlineRow> closed(String topic) {
        return closed.getOrDefault(topic, Map.of());
    }

    List<Print> liquidations(String topic) {
        return liquidations.getOrDefault(topic, List.of());
    }
}
