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
 * Emits the liquidations of one topic in their order.
 *
 * <p>The venue has no list from which missed ones could be fetched: the time of an outage, or of a frame that could
 * not be read, is announced as a {@code gap}.
 */
public final class LiquidationStream implements TopicStream {

    /** Doubts that arise sooner after one another are announced together. */
    private static final long BETWEEN_DOUBTS = 10_000_000_000L;

    private final Topic topic;
    private final FeedContext context;

    /** Exchange time, microseconds, up to which nothing can have been missed; -1 before the first subscription. */
    private long knownUntil = -1;

    private boolean hole;

    /** Why something may be missing of a stream that runs, until that is announced; else null. */
    private String doubt;

    private long announcedAt;

    public LiquidationStream(Topic topic, FeedContext context) {
        this.topic = topic;
        this.context = context;
        this.announcedAt = context.now() - BETWEEN_DOUBTS;
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
                            // The venue names the position, "Buy" for a long one; the order that closes it sells.
                            row.side == Side.BUY ? Side.SELL : Side.BUY,
                            receivedAt,
                            synthetic));
        }
        if (doubt == null) {
            knownUntil = Math.max(knownUntil, frame.timeMicros());
        }
    }

    @Override
    public void unreadable(String why) {
        doubted(why);
    }

    @Override
    public void doubt() {
        doubted("a frame could not be read, which may have been one of this topic");
    }

    private void doubted(String why) {
        if (knownUntil >= 0 && !hole && doubt == null) {
            missed();
            doubt = why;
        }
    }

    /** What is missing is not older than a connection can be dead before that is noticed. */
    private void missed() {
        SessionTimeouts limits = context.settings().limits().session();
        Duration unnoticed = limits.ping().plus(limits.pong()).multipliedBy(3);
        knownUntil = Math.max(knownUntil, context.exchangeMicros() - unnoticed.toNanos() / 1_000L);
    }

    @Override
    public void asked() {}

    @Override
    public void active() {
        begin(context.exchangeMicros());
    }

    private void begin(long now) {
        if (hole) {
            hole = false;
            gap(now, "the topic was not subscribed, and the venue has no list of what happened meanwhile");
        }
        if (doubt == null) {
            knownUntil = Math.max(knownUntil, now);
        }
    }

    private void gap(long until, String reason) {
        TopicName name = topic.name();
        doubt = null;
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
        if (knownUntil >= 0 && !hole) {
            hole = true;
            if (doubt == null) {
                missed();
            }
        }
    }

    @Override
    public void tick() {
        if (doubt != null && context.now() - announcedAt > BETWEEN_DOUBTS) {
            gap(context.exchangeMicros(), doubt);
        }
    }
}
