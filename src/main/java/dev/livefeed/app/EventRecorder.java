package dev.livefeed.app;

import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.LagRecorder;
import dev.livefeed.app.feed.LastTrades;
import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.app.feed.LocalClock;
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
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;

/**
 * Takes note of each event as soon as it is read, so that no route can hide it from health and metrics, and marks the
 * trades that are late. After a wrong newest time it forgets what is newer than the present one.
 */
final class EventRecorder {

    /** An event that was longer on its way, or came from the future. */
    private static final long UNUSUAL = 1_000_000L;

    private final FeedState feed;
    private final FeedCounters counters;
    private final LastTrades lastTrades;
    private final LateTrades lateTrades;
    private final Market market;
    private final LagRecorder lag;
    private final LocalClock localClock;
    /** Tells a newest time that was wrong from trades that are late. */
    private final EventClock clock;

    private final Recorded recorded = new Recorded();

    EventRecorder(
            FeedState feed,
            FeedCounters counters,
            LastTrades lastTrades,
            LateTrades lateTrades,
            Market market,
            LagRecorder lag,
            LocalClock localClock) {
        this.lateTrades = lateTrades;
        this.lastTrades = lastTrades;
        this.feed = feed;
        this.counters = counters;
        this.market = market;
        this.lag = lag;
        this.localClock = localClock;
        this.clock = new EventClock(() -> localClock.micros() + feed.clockOffsetMicros());
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
            long receivedAt = receivedAt(trade.receivedAt(), trade.timestampMicros());
            long waited = waited(receivedAt);
            recordEvent(trade, waited);
            if (!trade.late() && !trade.repaired()) {
                lag(trade.timestampMicros(), receivedAt, waited);
            }
            return trade;
        }

        @Override
        public Event depth(Depth depth) {
            seen(clock.depth(depth.timestampMicros()));
            long receivedAt = receivedAt(depth.receivedAt(), depth.timestampMicros());
            long waited = waited(receivedAt);
            recordEvent(depth, waited);
            lag(depth.timestampMicros(), receivedAt, waited);
            return depth;
        }

        @Override
        public Event market(MarketEvent event) {
            long receivedAt = receivedAt(event.receivedAt(), event.timestampMicros());
            long waited = waited(receivedAt);
            recordEvent(event, waited);
            lag(event.timestampMicros(), receivedAt, waited);
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

    /**
     * When an event was received, by the local clock as it is now. Looks at the clock if the event seems to be late or
     * early: it may just have been set.
     */
    private long receivedAt(long receivedAt, long timestampMicros) {
        if (feed.reportedReplay()) {
            return receivedAt;
        }
        long exchange = receivedAt - timestampMicros + feed.clockOffsetMicros();
        if (Math.abs(exchange) <= UNUSUAL && Math.abs(localClock.micros() - receivedAt) <= UNUSUAL) {
            return receivedAt;
        }
        localClock.look();
        return localClock.corrected(receivedAt);
    }

    /** Microseconds since the receipt of an event. */
    private long waited(long receivedAt) {
        return Math.max(0, localClock.micros() - receivedAt);
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
