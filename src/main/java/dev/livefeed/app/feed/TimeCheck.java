package dev.livefeed.app.feed;

import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.codec.InvalidReason;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rejects trades and depth whose exchange time is ahead of their receive time: such an event would start the next day
 * of the market context, the paper account and the strategies' clock.
 *
 * <p>A wrong local clock must not lose events. The measured offset of the exchange's clock is subtracted first. If
 * {@value #AGREEING} events in a row are ahead by the same amount, that amount is accepted from then on. Until an event
 * has shown how the clocks differ (at the start, and after the local clock was set back), depth is accepted, and trades
 * that are at most {@value #UNKNOWN_MINUTES} minutes ahead. Apart from the measured offset, only times in events are
 * used. Not thread-safe.
 */
public final class TimeCheck {

    static final int AGREEING = 20;
    static final int UNKNOWN_MINUTES = 10;

    private static final long UNKNOWN_MICROS = UNKNOWN_MINUTES * 60_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(TimeCheck.class);

    private final EventTimes times = new EventTimes();
    private final long allowance;
    private final LongSupplier offset;
    private final Runnable look;
    private long lastReceived;
    /** Whether an event has shown how the clocks differ. */
    private boolean known;
    /** How far the exchange's clock is ahead of the local one; 0 if it is not. */
    private long lead;

    private long candidate;
    private int agreeing;
    /** Events in a row that are not ahead although the clock was found to be wrong. */
    private int behind;

    /**
     * @param allowance how far ahead a time may be
     * @param offset measured lead of the exchange's clock, microseconds; 0 if it is not measured
     * @param look called when a time is too far ahead: the local clock may just have been set back, which changes the
     *     offset
     */
    public TimeCheck(Duration allowance, LongSupplier offset, Runnable look) {
        this.offset = offset;
        this.look = look;
        this.allowance = allowance.toNanos() / 1_000;
    }

    /** @throws InvalidEventException if the event's time is too far ahead */
    public void check(Event event) throws InvalidEventException {
        String fault = times.visit(event);
        if (fault != null) {
            throw new InvalidEventException(InvalidReason.BAD_TIMESTAMP, fault);
        }
    }

    /** Returns what is wrong with the times of an event, or null. */
    private final class EventTimes implements EventVisitor<String> {

        @Override
        public String trade(Trade trade) {
            return check(trade.timestampMicros(), trade.receivedAt(), false);
        }

        @Override
        public String depth(Depth depth) {
            return check(depth.timestampMicros(), depth.receivedAt(), true);
        }

        @Override
        public String market(MarketEvent event) {
            return null;
        }

        @Override
        public String account(AccountEvent event) {
            return null;
        }

        @Override
        public String status(Status status) {
            return null;
        }

        @Override
        public String failure(Failure failure) {
            return null;
        }

        @Override
        public String history(HistoryEvent event) {
            return null;
        }

        @Override
        public String unknown(Unknown event) {
            return null;
        }
    }

    private String check(long timestamp, long receivedAt, boolean depth) {
        if (receivedAt < lastReceived - allowance) {
            // The local clock was set back.
            known = false;
            lead = 0;
            agreeing = 0;
        }
        lastReceived = receivedAt;
        long ahead = ahead(timestamp, receivedAt);
        if (ahead > allowance + lead) {
            look.run();
            ahead = ahead(timestamp, receivedAt);
        }
        if (ahead <= allowance) {
            known = true;
            agreeing = 0;
            behind = lead > allowance ? behind + 1 : 0;
            if (behind == AGREEING) {
                LOG.info("clock_agrees: the exchange's clock is no longer {} s ahead of the local one", seconds(lead));
                lead = 0;
                behind = 0;
            }
            return null;
        }
        if (known && ahead <= lead + allowance) {
            agreeing = 0;
            behind = 0;
            return null;
        }
        if (agreeing == 0 || Math.abs(ahead - candidate) > allowance) {
            candidate = ahead;
            agreeing = 0;
        }
        if (++agreeing == AGREEING) {
            known = true;
            lead = candidate;
            agreeing = 0;
            LOG.warn(
                    "clock_behind seconds={}: the local clock is behind the exchange's by that much; set it by NTP",
                    seconds(lead));
            return null;
        }
        if (!known && (depth || ahead <= UNKNOWN_MICROS)) {
            return null;
        }
        return "timestamp is " + Times.instant(timestamp) + ", " + seconds(ahead)
                + " s ahead of received_at, must be at most " + seconds(lead + allowance) + " s (EVENT_AHEAD)";
    }

    private long ahead(long timestamp, long receivedAt) {
        return timestamp - receivedAt - Math.max(0, offset.getAsLong());
    }

    private static String seconds(long micros) {
        return Long.toString(micros / 1_000_000);
    }
}
