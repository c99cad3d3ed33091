package dev.livefeed.connector.feed;

import dev.livefeed.connector.session.SessionTimeouts;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Duration;
import java.util.List;

/**
 * Emits the liquidations of one instrument in order.
 *
 * <p>The venue has no list of past liquidations. The time of an outage, or of a frame that could not be read, is
 * therefore announced as a {@code gap}.
 */
public final class LiquidationSeries {

    /** Possible losses within this time are announced as one gap. */
    private static final long MERGE_NANOS = 10_000_000_000L;

    private final InstrumentId instrument;
    private final VenueContext context;

    /** Exchange time in microseconds up to which nothing is missing; -1 before the first subscription. */
    private long knownUntil = -1;

    private boolean missing;

    /** Reason of a possible loss that is not announced yet, or null. */
    private String lossReason;

    private long announcedAt;

    public LiquidationSeries(VenueContext context, InstrumentId instrument) {
        this.context = context;
        this.instrument = instrument;
        this.announcedAt = context.now() - MERGE_NANOS;
    }

    /**
     * The liquidations of a frame.
     *
     * @param frameMicros exchange time of the frame
     * @param unreadable why some of its rows could not be read, or null
     */
    public void push(List<Liquidation> liquidations, long frameMicros, String unreadable) {
        begin(frameMicros);
        liquidations.forEach(context.outbox()::kept);
        if (unreadable != null) {
            suspect(unreadable);
        }
        if (lossReason == null) {
            knownUntil = Math.max(knownUntil, frameMicros);
        }
    }

    /** Some may have been lost since the last frame. */
    public void suspect(String why) {
        if (knownUntil >= 0 && !missing && lossReason == null) {
            missed();
            lossReason = why;
        }
    }

    /** A lost connection is noticed with a delay, so the missing data begins that much earlier. */
    private void missed() {
        SessionTimeouts limits = context.limits().session();
        Duration unnoticed = limits.ping().plus(limits.pong()).multipliedBy(3);
        knownUntil = Math.max(knownUntil, context.exchangeMicros() - unnoticed.toNanos() / 1_000L);
    }

    /** The venue has accepted the subscription. */
    public void active() {
        begin(context.exchangeMicros());
    }

    private void begin(long now) {
        if (missing) {
            missing = false;
            gap(now, "the topic was not subscribed, and the venue has no list of past liquidations");
        }
        if (lossReason == null) {
            knownUntil = Math.max(knownUntil, now);
        }
    }

    private void gap(long until, String reason) {
        lossReason = null;
        announcedAt = context.now();
        context.figures().liquidationGaps++;
        context.outbox()
                .status(new Gap(
                        Head.of(context.connector(), instrument.symbol(), Liquidation.CHANNEL, reason),
                        instrument.category(),
                        Times.instant(knownUntil),
                        Times.instant(Math.max(knownUntil, until)),
                        null));
        knownUntil = Math.max(knownUntil, until);
    }

    /** The subscription has ended. */
    public void ended() {
        if (knownUntil >= 0 && !missing) {
            missing = true;
            if (lossReason == null) {
                missed();
            }
        }
    }

    /** Called at a regular interval. */
    public void tick() {
        if (lossReason != null && context.now() - announcedAt > MERGE_NANOS) {
            gap(context.exchangeMicros(), lossReason);
        }
    }
}
