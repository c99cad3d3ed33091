package dev.livefeed.connector.bybit.ticker;

import dev.livefeed.connector.bybit.book.BookOwner;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.feed.book.SnapshotRequests;
import dev.livefeed.connector.sdk.output.LatestOutlet;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigures;

/**
 * Keeps the complete state of one ticker and emits it on each change.
 *
 * <p>Futures send a snapshot and then deltas, spot and options only snapshots. Nothing is emitted before the first
 * snapshot. Deltas carry no sequence number, so a lost one is only noticed if its frame arrives but cannot be read; the
 * topic is then subscribed again for a new snapshot.
 */
public final class TickerStream implements TopicStream {

    private static final long FIRST_WAIT = 5_000_000_000L;

    private final Topic topic;
    private final FeedContext context;
    private final BookOwner owner;
    private final LatestOutlet outlet;
    private final TickerFigures.Builder picture = new TickerFigures.Builder();
    private long nextFundingMicros = -1;
    private boolean known;

    private final SnapshotRequests requests;

    public TickerStream(Topic topic, FeedContext context, BookOwner owner) {
        this.topic = topic;
        this.context = context;
        this.owner = owner;
        this.outlet = context.outbox().latest();
        this.requests = new SnapshotRequests(context.now(), FIRST_WAIT);
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        if (frame.snapshot) {
            picture.clear();
            nextFundingMicros = -1;
            known = true;
            requests.settled();
        } else if (!known) {
            context.figures().earlyTickerDeltas++;
            requests.need(context.now());
            return;
        }
        frame.ticker.applyTo(picture);
        if (frame.ticker.namesNextFunding()) {
            nextFundingMicros = frame.ticker.nextFundingMicros();
        }
        TickerFigures figures = picture.build();
        if (figures.isEmpty()) {
            return;
        }
        outlet.emit(new Ticker(
                topic.name().instrument(),
                frame.timeMicros(),
                figures,
                nextFundingMicros,
                frame.seq,
                receivedAt,
                synthetic));
    }

    @Override
    public void unreadable(String why) {
        frameMayBeLost();
    }

    @Override
    public void frameMayBeLost() {
        if (known && topic.name().category().futures()) {
            forget();
            requests.need(context.now());
        }
    }

    @Override
    public void requested() {
        forget();
        requests.requested(context.now());
    }

    @Override
    public void active() {}

    @Override
    public void ended() {
        forget();
        requests.settled();
    }

    private void forget() {
        known = false;
        picture.clear();
        nextFundingMicros = -1;
        outlet.discard();
    }

    @Override
    public void tick() {
        if (requests.due(context.now(), known)) {
            context.figures().tickerRestarts++;
            owner.resubscribe(topic);
        }
    }
}
