package dev.livefeed.connector.bybit.ticker;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.bybit.topic.TradeRow;
import dev.livefeed.connector.session.SessionTimeouts;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Emits the liquidations of one topic in order.
 *
 * <p>The venue has no list of past liquidations. The time of an outage, or of a frame that could not be read, is
 * therefore announced as a {@code gap}.
 */
public final class LiquidationStream implements TopicStream {

    /** Possible losses within this time are announced as one gap. */
    private static final long MERGE_NANOS = 10_000_000_000L;

    private final Topic topic;
    private final FeedContext context;

    /** Exchange time in microseconds up to which nothing is missing; -1 before the first subscription. */
    private long knownUntil = -1;

    private boolean missing;

    /** Reason of a possible loss that is not announced yet, or null. */
    private String lossReason;

    private long announcedAt;

    public LiquidationStream(Topic topic, FeedContext context) {
        this.topic = topic;
        this.context = context;
        this.announcedAt = context.now() - MERGE_NANOS;
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        begin(frame.timeMicros());
        for (int i = 0; i < frame.tradeCount; i++) {
            TradeRow row = frame.trades.get(i);
            context.outbox()
                    .kept(new Liquidation(
                            topic.name().instrument(),
                            row.timeMillis * 1_000L,
                            BigDecimal.valueOf(row.price, row.priceScale),
                            BigDecimal.valueOf(row.qty, row.qtyScale),
                            // The venue's side is that of the position: "Buy" is a long position, which is closed by a
                            // sell order.
                            row.side == Side.BUY ? Side.SELL : Side.BUY,
                            receivedAt,
                            synthetic));
        }
        if (frame.unread.any()) {
            suspect(frame.unread.total() + " rows could not be read: " + frame.unread.cause());
        }
        if (lossReason == null) {
            knownUntil = Math.max(knownUntil, frame.timeMicros());
        }
    }

    @Override
    public void unreadable(String why) {
        suspect(why);
    }

    @Override
    public void frameMayBeLost() {
        suspect("a frame that may belong to this topic could not be read");
    }

    private void suspect(String why) {
        if (knownUntil >= 0 && !missing && lossReason == null) {
            missed();
            lossReason = why;
        }
    }

    /** A lost connection is noticed with a delay, so the missing data begins that much earlier. */
    private void missed() {
        SessionTimeouts limits = context.settings().limits().session();
        Duration unnoticed = limits.ping().plus(limits.pong()).multipliedBy(3);
        knownUntil = Math.max(knownUntil, context.exchangeMicros() - unnoticed.toNanos() / 1_000L);
    }

    @Override
    public void requested() {}

    @Override
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
        TopicName name = topic.name();
        lossReason = null;
        announcedAt = context.now();
        context.figures().liquidationGaps++;
        context.outbox()
                .status(new Gap(
                        Head.of(context.outbox().connector(), name.symbol(), name.channel(), reason),
                        name.category().text(),
                        Times.instant(knownUntil),
                        Times.instant(Math.max(knownUntil, until)),
                        null));
        knownUntil = Math.max(knownUntil, until);
    }

    @Override
    public void ended() {
        if (knownUntil >= 0 && !missing) {
            missing = true;
            if (lossReason == null) {
                missed();
            }
        }
    }

    @Override
    public void tick() {
        if (lossReason != null && context.now() - announcedAt > MERGE_NANOS) {
            gap(context.exchangeMicros(), lossReason);
        }
    }
}
