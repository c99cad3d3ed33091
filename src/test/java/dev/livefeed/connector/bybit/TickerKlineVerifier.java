package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the connector's tickers, candles and liquidations against what the exchange sent. */
final class TickerKlineVerifier {

    private final TickerKlineRecorder recorder;
    private final Map<String, Ticker> newest = new HashMap<>();
    private final Map<String, List<Kline>> klines = new HashMap<>();
    private final Map<String, List<TickerKlineRecorder.Print>> liquidations = new HashMap<>();
    private final Map<String, List<Instant[]>> gaps = new HashMap<>();
    long tickers;
    long wrongTickers;
    long closedKlines;
    long prints;

    TickerKlineVerifier(TickerKlineRecorder recorder) {
        this.recorder = recorder;
    }

    void read(List<Event> events) {
        for (Event event : events) {
            if (event instanceof MarketEvent further) {
                assertThat(further.synthetic()).isTrue();
            }
            if (event instanceof Ticker ticker) {
                tickers++;
                newest.put(ticker.symbol(), ticker);
                if (!recorder.told("tickers." + ticker.symbol(), ticker.figures())) {
                    wrongTickers++;
                }
            } else if (event instanceof Kline kline) {
                klines.computeIfAbsent(kline.symbol(), key -> new ArrayList<>()).add(kline);
            } else if (event instanceof Liquidation one) {
                liquidations
                        .computeIfAbsent(one.symbol(), key -> new ArrayList<>())
                        .add(new TickerKlineRecorder.Print(
                                one.timestampMicros(),
                                one.position() == Liquidation.PositionSide.LONG,
                                one.price().unscaledValue().longValue(),
                                one.qty().unscaledValue().longValue()));
            } else if (event instanceof Status status && status.status().equals(Gap.STATUS)) {
                gaps.computeIfAbsent(status.channel() + '/' + status.symbol(), key -> new ArrayList<>())
                        .add(new Instant[] {
                            Instant.parse((String) status.details().get("from")),
                            Instant.parse((String) status.details().get("to"))
                        });
            }
        }
    }

    /** Checks that the ticker has the latest state of the exchange. */
    void assertTicker(String symbol) {
        assertThat(newest.get(symbol).figures()).isEqualTo(recorder.newest("tickers." + symbol));
    }

    /**
     * Checks that every candle closed since the first push was delivered in its final form or lies in an announced gap.
     */
    void assertClosedCandles(String symbol) {
        List<Kline> delivered = klines.getOrDefault(symbol, List.of());
        Map<Long, Kline> closed = new HashMap<>();
        for (Kline kline : delivered) {
            if (kline.closed()) {
                assertThat(closed.put(kline.startMicros() / 1_000L, kline)).isNull();
            }
        }
        recorder.closed("kline.1." + symbol).forEach((start, told) -> {
            Kline kline = closed.get(start);
            if (kline != null) {
                closedKlines++;
                assertThat(kline.close()).isEqualByComparingTo(told.close());
                assertThat(kline.volume()).isEqualByComparingTo(told.volume());
            } else if (!delivered.isEmpty()
                    && start * 1_000L >= delivered.get(0).startMicros()) {
                announced("kline.1m/" + symbol, Instant.ofEpochMilli(start));
            }
        });
    }

    /**
     * Checks that every liquidation since the first delivered one was delivered in order or lies in an announced gap.
     */
    void assertLiquidations(String symbol) {
        List<TickerKlineRecorder.Print> delivered = liquidations.getOrDefault(symbol, List.of());
        int at = 0;
        for (TickerKlineRecorder.Print made : recorder.liquidations("allLiquidation." + symbol)) {
            if (at < delivered.size() && delivered.get(at).equals(made)) {
                at++;
            } else if (at > 0) {
                announced("liquidations/" + symbol, Times.instant(made.micros()));
            }
        }
        assertThat(at).as("every delivered liquidation was made, in its order").isEqualTo(delivered.size());
        prints += at;
    }

    private void announced(String stream, Instant at) {
        assertThat(gaps.getOrDefault(stream, List.of()))
                .as("what is missing of %s at %s is announced", stream, at)
                .anyMatch(gap -> !at.isBefore(gap[0]) && !at.isAfter(gap[1]));
    }
}
