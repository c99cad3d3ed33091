package dev.livefeed.app;

import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.LagRecorder;
import dev.livefeed.app.feed.LastTrades;
import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.strategy.EventClock;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;

/**
 * Takes note of each event as soon as it is read, so that no route can hide it from health and metrics, and marks the
 * trades that are late. After a wrong newest time it forgets what is newer than the present one.
 */
final class EventRecorder {

    private final FeedState feed;
    private final FeedCounters counters;
    private final LastTrades lastTrades;
    private final LateTrades lateTrades;
    private final Market market;
    private final LagRecorder lag;
    /** Tells a newest time that was wrong from trades that are late. */
    private final EventClock clock = new EventClock();

    private final Recorded recorded = new Recorded();

    EventRecorder(
            FeedState feed,
            FeedCounters counters,
            LastTrades lastTrades,
            LateTrades lateTrades,
            Market market,
            LagRecorder lag) {
        this.lateTrades = lateTrades;
        this.lastTrades = lastTrades;
        this.feed = feed;
        this.counters = counters;
        this.market = market;
        this.lag = lag;
    }

    /** Trades of the instrument up to this time are known from an earlier run; -1 where none are. */
    void known(InstrumentId instrument, long micros) {
        lateTrades.expect(instrument, micros);
        if (micros >= 0) {
            clock.trade(micros);
        }
    }

    /** Returns the event, a late trade marked. */
    Event event(Event read) {
        return recorded.visit(read);
    }

    /** What is recorded of each kind of event. */
    private final class Recorded implements EventVisitor<Event> {

        @Override
        public Event trade(Trade read) {
            seen(clock.trade(read.timestampMicros()));
            lastTrades.trade(read);
            Trade trade = lateTrades.take(read);
            long waited = waited(trade.receivedAt());
            recordEvent(trade, waited);
            if (!trade.late() && !trade.repaired()) {
                lag(trade.timestampMicros(), trade.receivedAt(), waited);
            }
            return trade;
        }

        @Override
        public Event depth(Depth depth) {
            seen(clock.depth(depth.timestampMicros()));
            long waited = waited(depth.receivedAt());
            recordEvent(depth, waited);
            lag(depth.timestampMicros(), depth.receivedAt(), waited);
            return depth;
        }

        @Override
        public Event market(MarketEvent event) {
            long waited = waited(event.receivedAt());
            recordEvent(event, waited);
            lag(event.timestampMicros(), event.receivedAt(), waited);
            return event;
        }

        @Override
        public Event account(AccountEvent event) {
            return recordEvent(event, 0);
        }

        @Override
        public Event status(Status status) {
            return recordEvent(status, 0);
        }

        @Override
        public Event failure(Failure failure) {
            return recordEvent(failure, 0);
        }

        @Override
        public Event history(HistoryEvent event) {
            return recordEvent(event, 0);
        }

        @Override
        public Event unknown(Unknown event) {
            return recordEvent(event, 0);
        }
    }

    private Event recordEvent(Event event, long waitedMicros) {
        long waited = feed.waitedMillis(waitedMicros / 1_000);
        feed.event(event, waited);
        counters.event(event, waited);
        return event;
    }

    /** Microseconds since the receipt of an event. */
    private static long waited(long receivedAt) {
        return Math.max(0, Times.nowMicros() - receivedAt);
    }

    private void seen(boolean steppedBack) {
        if (steppedBack) {
            lastTrades.forgetAfter(clock.now());
            lateTrades.forgetAfter(clock.now());
            market.forgetAfter(clock.now());
        }
    }

    private void lag(long timestampMicros, long receivedAt, long waited) {
        if (feed.reportedReplay()) {
            return; // what was recorded has been on its way for as long as it lay in the file
        }
        long raw = receivedAt - timestampMicros;
        lag.record(raw + feed.clockOffsetMicros(), raw, waited);
    }
}
