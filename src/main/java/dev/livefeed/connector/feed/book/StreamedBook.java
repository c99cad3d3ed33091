package dev.livefeed.connector.feed.book;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.feed.BookRecovery;
import dev.livefeed.connector.feed.Standstill;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.stream.MarketStream;
import dev.livefeed.connector.sdk.output.DepthOutlet;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Synced;
import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a book whose snapshots come in its stream, and emits its changes only while the book is known to be right.
 *
 * <pre>
 * state    | a whole book                 | an update
 * ---------+------------------------------+----------------------------------------------
 * WAITING  | book right, emitted: SYNCED  | ignored; a resync if no snapshot follows soon
 * SYNCED   | book replaced, emitted       | the next one: applied, emitted; else BROKEN
 * BROKEN   | book right, emitted: SYNCED  | ignored; a resync is due or under way
 * </pre>
 *
 * A snapshot that is crossed leaves the book BROKEN. Of a book that is deeper than its stream, the levels beyond are
 * left out.
 */
public final class StreamedBook {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedBook.class);

    private enum State {
        WAITING,
        SYNCED,
        BROKEN
    }

    /** A delta may arrive this much earlier than its snapshot before the snapshot counts as lost. */
    private static final long EARLY_DELTA_NANOS = 1_000_000_000L;

    private static final long SUSPECT_WAIT = 60_000_000_000L;
    private static final long DEEPER_AGAIN = 60_000_000_000L;

    /** Why levels of an update are left out of the book. */
    static final String NO_COMMON_SCALE = "its numbers have no common scale with those of the book within 18 digits";

    private final VenueContext context;
    private final MarketStream stream;
    private final int depth;
    private final Owner owner;
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

    /** Performs the actions of a recovery. */
    public interface Owner {

        /** Unsubscribes the stream and subscribes it again on the same connection. */
        void resubscribe();

        /**
         * An update was lost, so other data of the connection may be incomplete too.
         *
         * @param sinceMicros exchange time until which nothing was lost
         */
        void lost(long sinceMicros);

        /** The stream need not be subscribed again. */
        void settled();

        /**
         * The book does not recover: whether its connection may be replaced. If other streams of it receive data, that
         * would only do harm.
         */
        boolean mayReconnect();

        /** Replaces the connection. */
        void reconnect(String reason);
    }

    /** @param depth levels a side */
    public StreamedBook(VenueContext context, MarketStream stream, int depth, Owner owner) {
        this.context = context;
        this.stream = stream;
        this.depth = depth;
        this.owner = owner;
        this.recovery = new BookRecovery(context, new Resync());
        this.book = new OrderBook(depth);
        this.outlet = context.outbox().outlet(book);
        this.checkAt = context.now();
    }

    /** A frame of the book. */
    public void frame(BookFrame frame, long receivedAt, boolean synthetic) {
        if (frame.isWholeBook()) {
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

    private void snapshot(BookFrame frame, long receivedAt, boolean synthetic) {
        long cut = book.cut();
        try {
            book.snapshot(frame.bids(), frame.asks());
        } catch (ArithmeticException e) {
            broken(e.getMessage());
            return;
        }
        truncated(cut);
        if (!sound("snapshot " + frame.updateId())) {
            return;
        }
        if (state == State.SYNCED && frame.updateId() == lastUpdateId) {
            context.figures().repeats++;
        }
        boolean wasSynced = state == State.SYNCED && suspicion == null;
        if (frozen) {
            checked(frame.updateId() != lastUpdateId);
        }
        boolean stillSuspect = state == State.SYNCED && suspicion != null && frame.unknownLevel() != null;
        if (!stillSuspect) {
            suspicion = null;
        }
        unreadable = null;
        state = State.SYNCED;
        earlyDeltaAt = 0;
        lastUpdateId = frame.updateId();
        lastTimeMicros = frame.timeMicros();
        lastSeq = frame.seq();
        // From the book and not from the frame, because levels may come in any order.
        outlet.emit(head(frame, true, -1, receivedAt, synthetic), book.bids(), book.asks());
        if (!wasSynced && !stillSuspect) {
            synced();
        }
        suspectUnread(frame);
    }

    private void delta(BookFrame frame, long receivedAt, boolean synthetic) {
        if (!frame.follows(lastUpdateId)) {
            broken("update " + frame.updateId() + " follows " + lastUpdateId);
            return;
        }
        long cut = book.cut();
        int leftOut = book.applyFitting(frame.bids(), frame.asks());
        if (!sound("update " + frame.updateId())) {
            return;
        }
        if (book.cut() != cut && deeperForTheFirstTime()) {
            broken("update " + frame.updateId() + " makes the book deeper than " + depth + " levels");
            return;
        }
        if (truncated(cut) || leftOut > 0) {
            // The update does not say which levels are missing from the book; the whole book does.
            outlet.emit(head(frame, true, -1, receivedAt, synthetic), book.bids(), book.asks());
        } else {
            outlet.emit(head(frame, false, lastUpdateId, receivedAt, synthetic), frame.bids(), frame.asks());
        }
        lastUpdateId = frame.updateId();
        lastTimeMicros = frame.timeMicros();
        lastSeq = frame.seq();
        if (frozen) {
            // The sequence continues, so nothing was missing.
            checked(false);
            suspicion = null;
            synced();
        }
        suspectUnread(frame);
        if (leftOut > 0) {
            leftOut(leftOut);
        }
    }

    private void leftOut(int levels) {
        context.figures().unreadable(UnreadableReason.SCALE, levels);
        if (suspicion == null) {
            LOG.warn("book_levels_left_out topic={} levels={} reason=\"{}\"", stream, levels, NO_COMMON_SCALE);
            suspect("a level could not be read: " + NO_COMMON_SCALE);
        }
    }

    private void suspectUnread(BookFrame frame) {
        if (frame.unknownLevel() != null) {
            suspect("a level could not be read: " + frame.unknownLevel());
        }
    }

    /** A level may be wrong: the book is subscribed again, at most once a minute; until then it is suspect. */
    private void suspect(String reason) {
        if (suspicion != null) {
            return;
        }
        suspicion = reason;
        context.figures().suspectBooks++;
        outlet.then(new BookSuspect(head(null, reason), stream.instrument().category(), (long) depth));
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
                standstill.reason(book, stream.lastFrameAt(), lastTimeMicros, lastSeq, count, last, context.now());
        if (reason != null) {
            frozen = true;
            context.figures().frozenBooks++;
            LOG.warn("book_suspect topic={} reason=\"{}\": it is subscribed again", stream, reason);
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

    /** Whether levels beyond the book's depth were removed since then. */
    private boolean truncated(long cutBefore) {
        if (book.cut() == cutBefore) {
            return false;
        }
        context.figures().truncatedBooks++;
        if (!truncationLogged) {
            truncationLogged = true;
            LOG.warn(
                    "book_too_deep topic={} limit={}: levels beyond are left out, here and in later frames",
                    stream,
                    depth);
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
        outlet.then(
                new Synced(head(null, null), stream.instrument().category(), (long) depth, millis < 0 ? null : millis));
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
            owner.lost(lastTimeMicros);
        } else {
            recovery.attemptFailed(reason);
        }
    }

    /**
     * Subscribes the stream again.
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

    /** A frame of the book could not be read. */
    public void unreadable(String why) {
        unreadable = why;
        if (state == State.SYNCED) {
            broken(why);
        }
    }

    /** The stream has been requested: the next frames start a new subscription. */
    public void requested() {
        if (state == State.SYNCED) {
            recovery.connectionLost("its topic is subscribed again");
        }
        forget();
        asked = true;
        askedAt = context.now();
    }

    /** The subscription has ended. */
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

    /** Called at a regular interval. */
    public void tick() {
        long now = context.now();
        if (state == State.WAITING && asked) {
            if (!stream.expectsData()) {
                // The time limit begins when the instrument's phase has data.
                askedAt = now;
            }
            if (now - askedAt > context.limits().snapshot().toNanos()) {
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

    private Depth head(BookFrame frame, boolean snapshot, long continues, long receivedAt, boolean synthetic) {
        return new Depth(
                stream.instrument(),
                frame.timeMicros(),
                Levels.EMPTY,
                Levels.EMPTY,
                frame.updateId(),
                continues,
                snapshot,
                depth,
                receivedAt,
                synthetic);
    }

    private Head head(String id, String reason) {
        return new Head(context.connector(), stream.instrument().symbol(), stream.channel(), id, reason);
    }

    /** A recovery subscribes the stream again. */
    private final class Resync implements BookRecovery.RecoveredBook {

        @Override
        public void attempt() {
            owner.resubscribe();
        }

        @Override
        public void settled() {
            owner.settled();
        }

        @Override
        public boolean expectsData() {
            return stream.expectsData();
        }

        @Override
        public boolean mayReconnect() {
            return owner.mayReconnect();
        }

        @Override
        public void reconnect(String reason) {
            owner.reconnect(reason);
        }

        @Override
        public void resyncing(String reason, String id) {
            Head head = head(id, reason);
            context.outbox().status(new Resyncing(head, stream.instrument().category(), (long) depth));
        }

        @Override
        public void degraded(String reason) {
            context.outbox()
                    .status(new Degraded(
                            head(null, reason),
                            ConnectionInfo.NONE,
                            stream.instrument().category(),
                            (long) depth,
                            null,
                            null,
                            null));
        }

        @Override
        public String toString() {
            return stream.toString();
        }
    }
}
