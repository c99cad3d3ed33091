package dev.livefeed.app;

import dev.livefeed.event.Depth;
import dev.livefeed.event.Event;
import dev.livefeed.event.MarketEvent;
import dev.livefeed.event.Times;
import dev.livefeed.event.Trade;
import dev.livefeed.process.Feed;
import dev.livefeed.process.FeedCounters;
import dev.livefeed.process.LagRecorder;
import dev.livefeed.process.LastTrades;

/** Takes note of each event as soon as it is read, so that no route can hide it from health and metrics. */
final class SeenEvents {

    private final Feed feed;
    private final FeedCounters counters;
    private final LastTrades lastTrades;
    private final LagRecorder lag;

    SeenEvents(Feed feed, FeedCounters counters, LastTrades lastTrades, LagRecorder lag) {
        this.lastTrades = lastTrades;
        this.feed = feed;
        this.counters = counters;
        this.lag = lag;
    }

    void event(Event event) {
        feed.event(event);
        counters.event(event);
        if (event instanceof Depth depth) {
            lag(depth.timestampMicros(), depth.receivedAt());
        } else if (event instanceof Trade trade) {
            lastTrades.trade(trade);
            lag(trade.timestampMicros(), trade.receivedAt());
        } else if (event instanceof MarketEvent further) {
            lag(further.timestampMicros(), further.receivedAt());
        }
    }

    private void lag(long timestampMicros, long receivedAt) {
        if (feed.saidReplay()) {
            return; // what was recorded has been on its way for as long as it lay in the file
        }
        long raw = receivedAt - timestampMicros;
        lag.record(raw + feed.clockOffsetMicros(), raw, Times.nowMicros() - receivedAt);
    }
}
