package dev.livefeed.connector.bybit.book;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.feed.Standstill;
import dev.livefeed.connector.feed.book.SnapshotRequests;
import dev.livefeed.connector.sdk.output.LatestOutlet;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Synced;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the book with RPI orders of one symbol and emits all of it on each change.
 *
 * <p>After a lost update nothing is emitted until a new snapshot has come, for which the topic is subscribed again. It
 * is also subscribed again if a level could not be read, which is left out until then, and if the book stands still
 * while its symbol trades. In each case the book is reported as suspect until it is right.
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

    private long timeMicros;
    private long seq = -1;
    private boolean warned;

    /** Whether a level may be wrong. */
    private boolean hidesLevel;

    /** Whether it stands still while its symbol trades. */
    private boolean frozen;

    /** Update id at which it stood still. */
    private long frozenAt;

    private Report report = Report.NONE;
    private final Standstill standstill = new Standstill();
    private final SnapshotRequests requests;

    /** What was last reported about the book. */
    private enum Report {
        NONE,
        SUSPECT,
        SYNCED
    }

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
        try {
            new DataRow(frame.data, unused -> {}).requireSymbol("s", topic.name());
        } catch (RowFaultException e) {
            unusable(frame, UnreadableReason.SYMBOL, e.getMessage());
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
        timeMicros = frame.timeMicros();
        JsonNode sequence = frame.data.path("seq");
        seq = sequence.isValueNode() ? sequence.asLong(-1) : -1;
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
        check(snapshot, frame);
    }

    /** After a level that could not be read, a new snapshot is needed; the book goes on until it comes. */
    private void check(boolean snapshot, ParsedFrame frame) {
        if (frozen) {
            // A delta continues the sequence, so nothing was missing.
            frozen = false;
            standstill.checked(snapshot && updateId != frozenAt, context.now());
        }
        if (frame.unread.hidesLevel()) {
            context.figures().suspectBooks += hidesLevel ? 0 : 1;
            hidesLevel = true;
            suspect("a level could not be read: " + frame.unread.cause());
            requests.need(context.now());
        } else if (snapshot || !hidesLevel) {
            hidesLevel = false;
            requests.settled();
            synced();
        }
    }

    private void synced() {
        if (report != Report.SYNCED) {
            report = Report.SYNCED;
            outlet.then(new Synced(head(null), topic.name().category().text(), null, null));
        }
    }

    /** The book that was emitted last may be wrong. */
    private void suspect(String reason) {
        if (report != Report.SUSPECT) {
            report = Report.SUSPECT;
            outlet.withdraw();
            context.outbox()
                    .status(new BookSuspect(
                            head(reason), topic.name().category().text(), null));
        }
    }

    private Head head(String reason) {
        TopicName name = topic.name();
        return Head.of(context.outbox().connector(), name.symbol(), name.channel(), reason);
    }

    /** Compares the book with the live trades of its symbol, like {@link BookStream#compare}. */
    public void compare(long count, Trade last) {
        if (report != Report.SYNCED || updateId < 0) {
            return;
        }
        String reason = standstill.reason(book, topic.lastFrameAt(), timeMicros, seq, count, last, context.now());
        if (reason != null) {
            frozen = true;
            frozenAt = updateId;
            context.figures().suspectBooks++;
            context.figures().frozenBooks++;
            LOG.warn("book_suspect topic={} reason=\"{}\": it is subscribed again", topic, reason);
            suspect(reason);
            requests.need(context.now());
        }
    }

    /** The stream has ended, and no other status says that the book is not kept. */
    public void connectionLost(String reason) {
        if (report == Report.SYNCED) {
            suspect(reason);
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
            suspect(why);
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
        if (report == Report.SYNCED) {
            suspect("its topic is subscribed again");
        }
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
        hidesLevel = false;
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
