package dev.livefeed.connector.bybit.book;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.feed.BookRecovery;
import dev.livefeed.connector.feed.Standstill;
import dev.livefeed.connector.sdk.output.DepthOutlet;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Synced;
import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the book of one topic and emits its changes only while the book is known to be right.
 *
 * <pre>
 * state    | a snapshot (or u = 1)        | a delta
 * ---------+------------------------------+----------------------------------------------
 * WAITING  | book right, emitted: SYNCED  | ignored; a resync if no snapshot follows soon
 * SYNCED   | book replaced, emitted       | u = last + 1: applied, emitted; else BROKEN
 * BROKEN   | book right, emitted: SYNCED  | ignored; a resync is due or under way
 * </pre>
 *
 * A snapshot that is crossed leaves the book BROKEN. Of a book that is deeper than its topic, the levels beyond are
 * left out.
 */
public final class BookStream implements TopicStream {

    private static final Logger LOG = LoggerFactory.getLogger(BookStream.class);

    private enum State {
        WAITING,
        SYNCED,
        BROKEN
    }

    /** A delta may arrive this much earlier than its snapshot before the snapshot counts as lost. */
    private static final long EARLY_DELTA_NANOS = 1_000_000_000L;

    private static final long SUSPECT_WAIT = 60_000_000_000L;
    private static final long DEEPER_AGAIN = 60_000_000_000L;

    private final Topic topic;
    private final FeedContext context;
    private final BookOwner owner;
    private final BookRecovery recovery;
    private final OrderBook book;
    private final DepthOutlet outlet;
    private State state = State.WAITING;
    private boolean asked;
    /** Whether the book was synced when its stream ended. */
    private boolean wasSynced;

    private long lastUpdateId;
    private long lastTimeMicros;
    private long lastSeq;
    private long askedAt;
    private long earlyDeltaAt;
    private long lastAbsentDeletes;
    private boolean truncationLogged;
    private boolean everDeeper;
    private long deeperAt;

    /** Why a level of the book may be wrong, or null. */
    private String suspicion;

    private long checkAt;

    /** Whether it is suspect because it stands still. */
    private boolean frozen;

    private final Standstill standstill = new Standstill();

    /** Why the last frame could not be read, or null if it could. */
    private String unreadable;

    public BookStream(Topic topic, FeedContext context, BookOwner owner) {
        this.topic = topic;
        this.context = context;
        this.owner = owner;
        this.recovery = new BookRecovery(context.venue(), new Resync());
        this.book = new OrderBook(topic.name().depth());
        this.outlet = context.outbox().outlet(book);
        this.checkAt = context.now();
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        if (frame.snapshot || frame.updateId == 1) {
            snapshot(frame, receivedAt, synthetic);
        } else if (state == State.SYNCED) {
            delta(frame, receivedAt, synthetic);
        } else {
            context.figures().earlyDeltas++;
            if (state == State.WAITING && earlyDeltaAt == 0) {
                earlyDeltaAt = context.now();
            }
        }
    }

    private void snapshot(ParsedFrame frame, long receivedAt, boolean synthetic) {
        long cut = book.cut();
        try {
            book.snapshot(frame.bids, frame.asks);
        } catch (ArithmeticException e) {
            broken(e.getMessage());
            return;
        }
        truncated(cut);
        if (!sound("snapshot " + frame.updateId)) {
            return;
        }
        if (state == State.SYNCED && frame.updateId == lastUpdateId) {
            context.figures().repeats++;
        }
        boolean wasSynced = state == State.SYNCED && suspicion == null;
        if (frozen) {
            checked(frame.updateId != lastUpdateId);
        }
        boolean stillSuspect = state == State.SYNCED && suspicion != null && frame.unread.hidesLevel();
        if (!stillSuspect) {
            suspicion = null;
        }
        unreadable = null;
        state = State.SYNCED;
        earlyDeltaAt = 0;
        lastUpdateId = frame.updateId;
        lastTimeMicros = frame.timeMicros();
        lastSeq = frame.seq;
        // From the book and not from the frame, because levels may come in any order.
        outlet.emit(head(frame, true, -1, receivedAt, synthetic), book.bids(), book.asks());
        if (!wasSynced && !stillSuspect) {
            synced();
        }
        suspectUnread(frame);
    }

    private void delta(ParsedFrame frame, long receivedAt, boolean synthetic) {
        if (frame.updateId != lastUpdateId + 1) {
            broken("update " + frame.updateId + " follows " + lastUpdateId);
            return;
        }
        long cut = book.cut();
        try {
            book.apply(frame.bids, frame.asks);
        } catch (ArithmeticException e) {
            broken(e.getMessage());
            return;
        }
        if (!sound("update " + frame.updateId)) {
            return;
        }
        if (book.cut() != cut && deeperForTheFirstTime()) {
            broken("update " + frame.updateId + " makes the book deeper than "
                    + topic.name().depth() + " levels");
            return;
        }
        if (truncated(cut)) {
            // The update does not say which levels were removed; the whole book does.
            outlet.emit(head(frame, true, -1, receivedAt, synthetic), book.bids(), book.asks());
        } else {
            outlet.emit(head(frame, false, lastUpdateId, receivedAt, synthetic), frame.bids, frame.asks);
        }
        lastUpdateId = frame.updateId;
        lastTimeMicros = frame.timeMicros();
        lastSeq = frame.seq;
        if (frozen) {
            // The sequence continues, so nothing was missing.
            checked(false);
            suspicion = null;
            synced();
        }
        suspectUnread(frame);
    }

    private void suspectUnread(ParsedFrame frame) {
        if (frame.unread.hidesLevel()) {
            suspect("a level could not be read: " + frame.unread.cause());
        }
    }

    /** A level may be wrong: the book is subscribed again, at most once a minute; until then it is suspect. */
    private void suspect(String reason) {
        if (suspicion != null) {
            return;
        }
        suspicion = reason;
        context.figures().suspectBooks++;
        TopicName name = topic.name();
        outlet.then(new BookSuspect(
                Head.of(context.outbox().connector(), name.symbol(), name.channel(), reason),
                name.category().text(),
                (long) name.depth()));
    }

    /**
     * Compares the book with the live trades of its symbol: if they show that it stands still, it is suspect.
     *
     * @param count number of the trades
     * @param last the last of them, or null
     */
    public void compare(long count, Trade last) {
        if (state != State.SYNCED || suspicion != null) {
            return;
        }
        String reason =
                standstill.reason(book, topic.lastFrameAt(), lastTimeMicros, lastSeq, count, last, context.now());
        if (reason != null) {
            frozen = true;
            context.figures().frozenBooks++;
            LOG.warn("book_suspect topic={} reason=\"{}\": it is subscribed again", topic, reason);
            suspect(reason);
        }
    }

    private void checked(boolean missed) {
        frozen = false;
        standstill.checked(missed, context.now());
    }

    private void checkSuspect() {
        if (suspicion != null && state == State.SYNCED && context.now() - checkAt >= 0) {
            checkAt = context.now() + SUSPECT_WAIT;
            restart(suspicion);
        }
    }

    /** One update that makes the book too deep is a fault; if it goes on, the venue sends deeper books. */
    private boolean deeperForTheFirstTime() {
        long now = context.now();
        boolean first = !everDeeper || now - deeperAt > DEEPER_AGAIN;
        everDeeper = true;
        deeperAt = now;
        return first;
    }

    /** Whether levels beyond the topic's depth were removed since then. */
    private boolean truncated(long cutBefore) {
        if (book.cut() == cutBefore) {
            return false;
        }
        context.figures().truncatedBooks++;
        if (!truncationLogged) {
            truncationLogged = true;
            LOG.warn(
                    "book_too_deep topic={} limit={}: levels beyond are left out, here and in later frames",
                    topic,
                    topic.name().depth());
        }
        return true;
    }

    private boolean sound(String after) {
        if (book.absentDeletes() != lastAbsentDeletes) {
            context.figures().absentDeletes += book.absentDeletes() - lastAbsentDeletes;
            lastAbsentDeletes = book.absentDeletes();
        }
        if (book.crossed()) {
            broken("the book is crossed after " + after + ": bid " + book.bestBid() + ", ask " + book.bestAsk());
            return false;
        }
        return true;
    }

    private void synced() {
        long millis = recovery.succeeded();
        TopicName name = topic.name();
        outlet.then(new Synced(
                Head.of(context.outbox().connector(), name.symbol(), name.channel(), null),
                name.category().text(),
                (long) name.depth(),
                millis < 0 ? null : millis));
    }

    /** The book is no longer valid: nothing is emitted until the next valid snapshot. */
    private void broken(String reason) {
        boolean was = state == State.SYNCED;
        state = State.BROKEN;
        book.clear();
        outlet.discard();
        if (was) {
            context.figures().gaps++;
            recovery.broken(reason, null);
            owner.lost(topic, lastTimeMicros);
        } else {
            recovery.attemptFailed(reason);
        }
    }

    /**
     * Subscribes the topic again.
     *
     * @return false if that is already in progress
     */
    public boolean restart(String reason) {
        if (state != State.SYNCED) {
            return false;
        }
        resync(reason, null);
        return true;
    }

    /** Whether the venue's best levels of a later time differ from the book. */
    public boolean differs(long micros, BigDecimal bid, BigDecimal bidQty, BigDecimal ask, BigDecimal askQty) {
        return state == State.SYNCED
                && micros > lastTimeMicros
                && (differs(book.bids(), bid, bidQty) || differs(book.asks(), ask, askQty));
    }

    private static boolean differs(LevelList side, BigDecimal price, BigDecimal qty) {
        return side.size() == 0
                || BigDecimal.valueOf(side.priceUnscaled(0), side.priceScale()).compareTo(price) != 0
                || BigDecimal.valueOf(side.qtyUnscaled(0), side.qtyScale()).compareTo(qty) != 0;
    }

    /** Handles a request for a new snapshot; joins a resync that is in progress. */
    public void resync(String id) {
        resync("requested by a command", id);
    }

    private void resync(String reason, String id) {
        if (state == State.SYNCED) {
            state = State.BROKEN;
            book.clear();
            outlet.discard();
            recovery.broken(reason, id);
        } else {
            recovery.joined(reason, id);
        }
    }

    @Override
    public void unreadable(String why) {
        unreadable = why;
        if (state == State.SYNCED) {
            broken(why);
        }
    }

    @Override
    public void requested() {
        if (state == State.SYNCED) {
            recovery.connectionLost("its topic is subscribed again");
        }
        forget();
        asked = true;
        askedAt = context.now();
    }

    @Override
    public void active() {}

    @Override
    public void ended() {
        wasSynced = state == State.SYNCED;
        forget();
        recovery.ended();
    }

    /** The stream has ended, and no other status reports the book as stale. */
    public void connectionLost(String reason) {
        if (wasSynced) {
            wasSynced = false;
            recovery.connectionLost(reason);
        }
    }

    private void forget() {
        suspicion = null;
        state = State.WAITING;
        asked = false;
        earlyDeltaAt = 0;
        book.clear();
        outlet.discard();
    }

    @Override
    public void tick() {
        long now = context.now();
        if (state == State.WAITING && asked) {
            if (!topic.expectsData()) {
                // The time limit begins when the instrument's phase has data.
                askedAt = now;
            }
            if (now - askedAt > context.settings().limits().snapshot().toNanos()) {
                asked = false;
                if (unreadable == null) {
                    recovery.attemptFailed("no snapshot was received");
                } else {
                    recovery.attemptUnreadable("no snapshot could be read: " + unreadable);
                }
            } else if (earlyDeltaAt != 0 && now - earlyDeltaAt > EARLY_DELTA_NANOS) {
                asked = false;
                recovery.attemptFailed("updates were received without a snapshot");
            }
        }
        checkSuspect();
        recovery.tick();
    }

    private Depth head(ParsedFrame frame, boolean snapshot, long continues, long receivedAt, boolean synthetic) {
        TopicName name = topic.name();
        return new Depth(
                name.instrument(),
                frame.timeMicros(),
                Levels.EMPTY,
                Levels.EMPTY,
                frame.updateId,
                continues,
                snapshot,
                name.depth(),
                receivedAt,
                synthetic);
    }

    /** A recovery subscribes the topic again. */
    private final class Resync implements BookRecovery.RecoveredBook {

        @Override
        public void attempt() {
            owner.resubscribe(topic);
        }

        @Override
        public void settled() {
            owner.settled(topic);
        }

        @Override
        public boolean expectsData() {
            return topic.expectsData();
        }

        @Override
        public boolean mayReconnect() {
            return owner.mayReconnect(topic);
        }

        @Override
        public void reconnect(String reason) {
            owner.reconnect(reason, topic);
        }

        @Override
        public void resyncing(String reason, String id) {
            TopicName name = topic.name();
            Head head = new Head(context.outbox().connector(), name.symbol(), name.channel(), id, reason);
            context.outbox().status(new Resyncing(head, name.category().text(), (long) name.depth()));
        }

        @Override
        public void degraded(String reason) {
            TopicName name = topic.name();
            context.outbox()
                    .status(new Degraded(
                            Head.of(context.outbox().connector(), name.symbol(), name.channel(), reason),
                            ConnectionInfo.NONE,
                            name.category().text(),
                            (long) name.depth(),
                            null,
                            null,
                            null));
        }

        @Override
        public String toString() {
            return topic.toString();
        }
    }
}
