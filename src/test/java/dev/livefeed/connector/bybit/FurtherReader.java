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

/** Holds the tickers, candles and liquidations of the connector against what the exchange told. */
final class FurtherReader {

    private final FurtherWitness witness;
    private final Map<String, Ticker> newest = new HashMap<>();
    private final Map<String, List<Kline>> klines = new HashMap<>();
    private final Map<String, List<FurtherWitness.Print>> liquidations = new HashMap<>();
    private final Map<String, List<Instant[]>> gaps = new HashMap<>();
    long tickers;
    long wrongTickers;
    long closedKlines;
    long prints;

    FurtherReader(FurtherWitness witness) {
        this.witness = witness;
    }

    void read(List<Event> events) {
        for (Event event : events) {
            if (event instanceof MarketEvent further) {
                assertThat(further.synthetic()).isTrue();
            }
            if (event instanceof Ticker ticker) {
                tickers++;
                newest.put(ticker.symbol(), ticker);
                if (!witness.told("tickers." + ticker.symbol(), ticker.figures())) {
                    wrongTickers++;
                }
            } else if (event instanceof Kline kline) {
                klines.computeIfAbsent(kline.symbol(), key -> new ArrayList<>()).add(kline);
            } else if (event instanceof Liquidation one) {
                liquidations
                        .computeIfAbsent(one.symbol(), key -> new ArrayList<>())
                        .add(new FurtherWitness.Print(
                                one.timestampMicros(),
                                one.position() == Liquidation.Position.LONG,
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

    /** The ticker is as the exchange told it last. */
    void assertTicker(String symbol) {
        assertThat(newest.get(symbol).figures()).isEqualTo(witness.newest("tickers." + symbol));
    }

    /** Every candle that closed since the first push was delivered as it closed, or lies in an announced gap. */
    void assertClosedCandles(String symbol) {
        List<Kline> delivered = klines.getOrDefault(symbol, List.of());
        Map<Long, Kline> closed = new HashMap<>();
        for (Kline kline : delivered) {
            if (kline.closed()) {
                assertThat(closed.put(kline.startMicros() / 1_000L, kline)).isNull();
            }
        }
        witness.closed("kline.1." + symbol).forEach((start, told) -> {
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

    /** Every liquidation since the first that came was delivered in order, or lies in an announced gap. */
    void assertLiquidations(String symbol) {
        List<FurtherWitness.Print> delivered = liquidations.getOrDefault(symbol, List.of());
        int at = 0;
        for (FurtherWitness.Print made : witness.liquidations("allLiquidation." + symbol)) {
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
