package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.process.Events;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Statuses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events are counted by type and instrument and looked up by channel. */
class FeedCountersTest {

    private static final String BTC = "BTCUSDT";

    private final ManualClock clock = new ManualClock();
    private final FeedCounters counters = new FeedCounters(clock, 50);
    private final List<String> added = new ArrayList<>();

    FeedCountersTest() {
        counters.onChannel(channel -> added.add(channel.type() + '/' + channel.symbol()));
    }

    private void count(Event... events) {
        for (Event event : events) {
            counters.event(event);
        }
    }

    @Test
    void eachTypeOfEachSymbolHasItsCount() {
        count(
                Events.trade(BTC, "1"),
                Events.trade("ETHUSDT", "1"),
                Events.snapshot(BTC, 1, "1", "2"),
                Events.ticker(BTC, "1"),
                Events.ticker(BTC, "2"),
                Events.kline(BTC, KlineInterval.MINUTE),
                Events.kline(BTC, KlineInterval.MONTH),
                Events.liquidation(BTC),
                Statuses.of("connected", null),
                new Unknown("mood", BTC));

        assertThat(added)
                .containsExactly(
                        "trade/BTCUSDT",
                        "trade/ETHUSDT",
                        "depth/BTCUSDT",
                        "ticker/BTCUSDT",
                        "kline.1m/BTCUSDT",
                        "kline.1M/BTCUSDT",
                        "liquidation/BTCUSDT",
                        "status/none",
                        "unknown/none");
        assertThat(counters.channels()).hasSize(9);
        assertThat(counters.trades()).isEqualTo(2);
        assertThat(counters.channel("ticker", Ids.linear(BTC)).count()).isEqualTo(2);
        assertThat(counters.channel("ticker", Ids.linear(BTC)).lastTimestampMicros())
                .isEqualTo(Events.AT);
    }

    @Test
    void eachBookOfASymbolIsCountedApart() {
        count(book(50), book(200), book(50));
        clock.forward(5_000);
        count(book(50));

        assertThat(counters.channel("depth", Ids.bare(BTC)).count()).isEqualTo(3);
        assertThat(counters.channel("depth.50", Ids.bare(BTC)).count()).isEqualTo(3);
        assertThat(counters.channel("depth.200", Ids.bare(BTC)).count()).isOne();
        assertThat(counters.ageMillis(counters.channel("depth.200", Ids.bare(BTC))))
                .isEqualTo(5_000);
        assertThat(counters.channel("depth.1", Ids.bare(BTC))).isNull();
        assertThat(counters.channels())
                .as("one for the metrics")
                .singleElement()
                .satisfies(channel -> assertThat(channel.count()).isEqualTo(4));
    }

    @Test
    void aConnectorWhoseOnlyBookIsOfAnotherDepth() {
        count(book(20));

        assertThat(counters.channel("depth", Ids.bare(BTC)).count()).isOne();
    }

    private static Depth book(int levels) {
        Depth any = Events.snapshot(BTC, 1, "1", "2");
        return new Depth(
                any.symbol(),
                any.category(),
                any.timestampMicros(),
                any.bids(),
                any.asks(),
                any.lastUpdateId(),
                any.prevUpdateId(),
                any.snapshot(),
                levels,
                any.receivedAt(),
                any.synthetic());
    }

    @Test
    void aChannelOfTheProtocolFindsItsEvents() {
        count(
                Events.trade(BTC, "1"),
                Events.snapshot(BTC, 1, "1", "2"),
                Events.kline(BTC, KlineInterval.MINUTE),
                Events.liquidation(BTC));
        clock.forward(3_000);

        for (String channel : List.of("trades", "depth", "kline.1m", "liquidations")) {
            InstrumentId id = channel.equals("trades") || channel.equals("depth") ? Ids.bare(BTC) : Ids.linear(BTC);
            assertThat(counters.channel(channel, id).count()).as(channel).isOne();
            assertThat(counters.ageMillis(counters.channel(channel, id))).isEqualTo(3_000);
            assertThat(counters.channel(channel, Ids.bare("ETHUSDT")))
                    .as(channel)
                    .isNull();
        }
        for (String channel : List.of("ticker", "kline.1M", "liquidation.1", "mood")) {
            assertThat(counters.channel(channel, Ids.bare(BTC))).as(channel).isNull();
        }
    }

    @Test
    void symbolsBeyondTheLimitAreCountedTogether() {
        for (int i = 0; i < 6_000; i++) {
            count(Events.ticker("S" + i, "1"));
        }

        assertThat(counters.channels()).hasSize(5_001);
        assertThat(added).last().isEqualTo("ticker/other");
        assertThat(counters.channel("ticker", Ids.bare("other")).count()).isEqualTo(1_000);
    }
}
