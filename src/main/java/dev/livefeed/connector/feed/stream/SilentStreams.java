package dev.livefeed.connector.feed.stream;

import dev.livefeed.connector.feed.SilenceLimit;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import java.time.Duration;
import java.util.Collection;

/**
 * Detects accepted streams of one connection that send nothing, such as retired ones, which cannot be distinguished
 * from a quiet market.
 *
 * <p>The silence is reported once ({@code silent}, later {@code heard}), and the stream is subscribed again: at once,
 * then after twice its limit, with waits that double up to an hour. Other streams are not affected.
 *
 * <p>Long before, a stream that stops although it usually receives data every few seconds is {@linkplain Rules#suspect
 * suspect}: its instrument may have been halted or closed without an announcement.
 */
public final class SilentStreams<S extends MarketStream> {

    private static final long PACE = 1_000_000_000L;

    private final VenueContext context;
    private final Rules<S> rules;
    private long checkedAt;

    /** What silence means at a venue. */
    public interface Rules<S> {

        /** Maximum silence of a stream; zero: no limit. */
        Duration limit(S stream);

        /** Whether the stream is subscribed, is to stay so, and should have data. */
        boolean applies(S stream);

        /** Subscribes the stream again; returns false if that is not possible now, or is under way. */
        boolean again(S stream);

        /** The stream stopped although it usually receives data, or is silent for too long: it may have no data now. */
        void suspect(S stream);
    }

    public SilentStreams(VenueContext context, Rules<S> rules) {
        this.context = context;
        this.rules = rules;
        this.checkedAt = context.now();
    }

    /** Called at a regular interval. */
    public void tick(Iterable<S> streams) {
        if (context.now() - checkedAt < PACE) {
            return;
        }
        checkedAt = context.now();
        for (S stream : streams) {
            long limit = rules.limit(stream).toNanos();
            if (limit <= 0) {
                continue;
            }
            if (!rules.applies(stream)) {
                stream.usualInterval().pause();
                continue;
            }
            if (stream.usualInterval().conspicuous(stream.heardAt(), checkedAt)) {
                rules.suspect(stream);
            }
            check(stream, limit);
        }
    }

    private void check(S stream, long limit) {
        long now = context.now();
        long since = stream.heardAt();
        SilenceLimit silence = stream.silenceLimit();
        if (silence.heard(stream.lastFrameAt(), now)) {
            context.figures().silentTopics--;
            context.outbox()
                    .status(new TopicHeard(
                            head(stream, null),
                            stream.instrument().category(),
                            stream.text(),
                            (since - silence.silentSince()) / 1_000_000L));
        } else if (silence.exceeded(now - since, limit)) {
            silence.report(since, now, limit);
            context.figures().silentTopics++;
            boolean never = !stream.framesSince(stream.subscribedAt());
            String reason = never ? "accepted, but no data received yet" : "no data any more";
            context.outbox()
                    .status(new TopicSilent(
                            head(stream, reason),
                            stream.instrument().category(),
                            stream.text(),
                            never,
                            (now - since) / 1_000_000L));
            subscribeAgain(stream);
        } else if (silence.retry(now)) {
            subscribeAgain(stream);
        }
    }

    private void subscribeAgain(S stream) {
        rules.suspect(stream);
        if (rules.again(stream)) {
            context.figures().silenceResubscribes++;
        }
    }

    /** The subscriptions of these streams have ended. */
    public void ended(Collection<S> streams) {
        for (S stream : streams) {
            if (stream.silenceLimit().reported()) {
                context.figures().silentTopics--;
                stream.silenceLimit().forget();
            }
        }
    }

    private Head head(S stream, String reason) {
        return Head.of(context.connector(), stream.instrument().symbol(), stream.channel(), reason);
    }
}
