package dev.livefeed.app.feed;

import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.codec.InvalidReason;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses trades and depth whose exchange time is ahead of the time at which they were received: one of them would
 * begin the next day of the context, of the paper account and of the clock that strategies live by.
 *
 * <p>A wrong clock here must cost no event. What the connector has measured of the exchange's clock is taken off
 * first. Where {@value #AGREEING} events in a row are ahead by the same, they are right from then on. And before
 * anything has shown how the clocks stand, at the start and when the clock here was set back, depth is let by, and
 * trades that are at most {@value #UNKNOWN_MINUTES} minutes ahead. Apart from the measured offset all goes by the
 * times in the events. One thread.
 */
public final class TimeCheck {

    static final int AGREEING = 20;
    static final int UNKNOWN_MINUTES = 10;

    private static final long UNKNOWN_MICROS = UNKNOWN_MINUTES * 60_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(TimeCheck.class);

    private final long allowance;
    private final LongSupplier offset;
    private long lastReceived;
    /** Whether any event has shown how the clocks stand to each other. */
    private boolean known;
    /** By how much the exchange's clock is ahead of the one here; 0 where it is not. */
    private long lead;

    private long candidate;
    private int agreeing;
    /** Events in a row that are not ahead although the clock was found wrong. */
    private int behind;

    /**
     * @param allowance how far ahead a time may be
     * @param offset what the exchange's clock was measured to be ahead of the one here, microseconds; 0 where it was
     *     not
     */
    public TimeCheck(Duration allowance, LongSupplier offset) {
        this.offset = offset;
        this.allowance = allowance.toNanos() / 1_000;
    }

    /** @throws InvalidEventException where the event's time cannot be right */
    public void check(Event event) throws InvalidEventException {
        if (event instanceof Trade trade) {
            check(trade.timestampMicros(), trade.receivedAt(), false);
        } else if (event instanceof Depth depth) {
            check(depth.timestampMicros(), depth.receivedAt(), true);
        }
    }

    private void check(long timestamp, long receivedAt, boolean depth) throws InvalidEventException {
        if (receivedAt < lastReceived - allowance) {
            // The clock here was set back.
            known = false;
            lead = 0;
            agreeing = 0;
        }
        lastReceived = receivedAt;
        long ahead = timestamp - receivedAt - Math.max(0, offset.getAsLong());
        if (ahead <= allowance) {
            known = true;
            agreeing = 0;
            behind = lead > allowance ? behind + 1 : 0;
            if (behind == AGREEING) {
                LOG.info("clock_right: the exchange's clock is no longer {} s ahead of the one here", seconds(lead));
                lead = 0;
                behind = 0;
            }
            return;
        }
        if (known && ahead <= lead + allowance) {
            agreeing = 0;
            behind = 0;
            return;
        }
        if (agreeing == 0 || Math.abs(ahead - candidate) > allowance) {
            candidate = ahead;
            agreeing = 0;
        }
        if (++agreeing == AGREEING) {
            known = true;
            lead = candidate;
            agreeing = 0;
            LOG.warn("clock_behind seconds={}: the exchange's clock is that much ahead of the one here", seconds(lead));
            return;
        }
        if (!known && (depth || ahead <= UNKNOWN_MICROS)) {
            return;
        }
        throw new InvalidEventException(
                InvalidReason.BAD_TIMESTAMP,
                "timestamp is " + Times.instant(timestamp) + ", " + seconds(ahead)
                        + " s ahead of received_at, must be at most " + seconds(lead + allowance) + " s (EVENT_AHEAD)");
    }

    private static String seconds(long micros) {
        return Long.toString(micros / 1_000_000);
    }
}
