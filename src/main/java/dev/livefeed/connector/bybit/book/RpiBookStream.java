package dev.livefeed.connector.bybit.book;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.feed.book.SnapshotRequests;
import dev.livefeed.connector.sdk.output.LatestOutlet;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the book with RPI orders of one symbol and emits all of it on each change.
 *
 * <p>After a lost update nothing is emitted until a new snapshot has come, for which the topic is subscribed again. It
 * is also subscribed again if a level could not be read, which is left out until then.
 */
public final class RpiBookStream implements TopicStream {

    private static final Logger LOG = LoggerFactory.getLogger(RpiBookStream.class);

    private static final long FIRST_WAIT = 1_000_000_000L;

    private final Topic topic;
    private final FeedContext context;
    private final BookOwner owner;
    private final LatestOutlet outlet;
    private final RpiBook book = new RpiBook();

    /** Update id of the book, or -1 if there is none. */
    private long updateId = -1;

    private boolean warned;

    /** Whether a level may be wrong. */
    private boolean suspect;

    private final SnapshotRequests requests;

    public RpiBookStream(Topic topic, FeedContext context, BookOwner owner) {
        this.topic = topic;
        this.context = context;
        this.owner = owner;
        this.outlet = context.outbox().latest();
        this.requests = new SnapshotRequests(context.now(), FIRST_WAIT);
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        JsonNode id = frame.data.path("u");
        long update = id.isValueNode() ? id.asLong(-1) : -1;
        boolean snapshot = "snapshot".equals(frame.type) || update == 1;
        if (update < 0 || !(snapshot || "delta".equals(frame.type))) {
            unusable(frame, UnreadableReason.FORM, "a frame has no u or no type");
            return;
        }
        JsonNode symbol = frame.data.path("s");
        if (!symbol.asText().isEmpty()
                && !symbol.isNull()
                && !symbol.asText().equals(topic.name().symbol())) {
            unusable(frame, UnreadableReason.SYMBOL, "s is not " + topic.name().symbol() + ", as in the topic");
            return;
        }
        if (!snapshot && updateId < 0) {
            requests.need(context.now());
            return;
        }
        if (!snapshot && update != updateId + 1) {
            if (update > updateId) {
                lost("update " + update + " came after " + updateId);
            }
            return; // an update that the book already has
        }
        if (snapshot) {
            book.clear();
        }
        try {
            book.apply(frame.data, frame.unread);
        } catch (RowFaultException e) {
            unusable(frame, UnreadableReason.FORM, e.getMessage());
            return;
        }
        updateId = update;
        check(snapshot, frame.unread.hidesLevel());
        if (book.tooDeep() && !warned) {
            warned = true;
            LOG.warn(
                    "book_too_deep topic={} limit={}: levels beyond are left out, here and in later frames",
                    topic,
                    RpiBook.DEPTH);
        }
        outlet.emit(new RpiDepth(
                topic.name().instrument(),
                frame.timeMicros(),
                book.bids(),
                book.asks(),
                update,
                receivedAt,
                synthetic));
    }

    /** After a level that could not be read, a new snapshot is needed; the book goes on until it comes. */
    private void check(boolean snapshot, boolean hidesLevel) {
        if (hidesLevel) {
            context.figures().suspectBooks += suspect ? 0 : 1;
            suspect = true;
            requests.need(context.now());
        } else if (snapshot || !suspect) {
            suspect = false;
            requests.settled();
        }
    }

    /** Nothing of the frame is used. */
    private void unusable(ParsedFrame frame, UnreadableReason reason, String why) {
        frame.data = MissingNode.getInstance();
        frame.unread.clear();
        frame.unread.add(reason, why, -1);
        lost(why);
    }

    private void lost(String why) {
        if (updateId >= 0) {
            LOG.warn("book_lost topic={} reason=\"{}\": it is subscribed again", topic, why);
        }
        forget();
        requests.need(context.now());
    }

    @Override
    public void unreadable(String why) {
        lost(why);
    }

    /** The update ids show whether a frame of this topic was lost. */
    @Override
    public void frameMayBeLost() {}

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
        updateId = -1;
        suspect = false;
        book.clear();
        outlet.discard();
    }

    @Override
    public void tick() {
        if (requests.due(context.now(), updateId >= 0)) {
            context.figures().rpiRestarts++;
            owner.resubscribe(topic);
        }
    }
}
