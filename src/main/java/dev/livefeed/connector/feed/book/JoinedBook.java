package dev.livefeed.connector.feed.book;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.feed.BookRecovery;
import dev.livefeed.connector.feed.LiveTrades;
import dev.livefeed.connector.feed.Reconciled;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.Standstill;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.book.Continuity.UpdateOrder;
import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.connector.sdk.Backoff;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Synced;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the book of one instrument and emits its changes only while it is known to be right.
 *
 * <pre>
 * state    | an update                               | a snapshot
 * ---------+-----------------------------------------+------------------------------------------------
 * OFF      | ignored: the stream is not subscribed   | ignored
 * WAITING  | kept                                    | with the updates kept, the book: SYNCED;
 *          |                                         | too old: fetched again
 * SYNCED   | the next one: applied, emitted;         | deepens the book
 *          | an old one: ignored; else WAITING       |
 * </pre>
 */
public final class JoinedBook implements Reconciled {

    private static final Logger LOG = LoggerFactory.getLogger(JoinedBook.class);

    private static final int MAX_LEVELS = 5_000;
    private static final long SECOND = 1_000_000_000L;

    /** Updates that came this long before a snapshot was asked for are surely contained in it. */
    private static final long BEFORE_REQUEST = 2 * SECOND;

    /** While two connections overlap, an update may come this much earlier than the one before it. */
    private static final long OUT_OF_ORDER = SECOND;

    private static final int MAX_EARLY = 500;
    private static final long BETWEEN_REFRESHES = 5 * SECOND;
    private static final int FAILURES_UNTIL_DEGRADED = 3;

    /** Until the next request while the instrument is in a phase without data. */
    private static final long PHASE_WITHOUT_DATA = 60 * SECOND;

    private enum State {
        OFF,
        WAITING,
        SYNCED
    }

    private final VenueContext context;
    private final InstrumentId instrument;
    private final Continuity continuity;
    private final BookSnapshots snapshots;
    private final BookRecovery recovery;
    private final List<BestLevels> views = new ArrayList<>();
    private final UpdateBuffer buffer = new UpdateBuffer();
    private final TreeMap<Long, BookUpdate> early = new TreeMap<>();
    private final BookEdge edge = new BookEdge();
    private final Standstill standstill = new Standstill();
    private final BookComparison comparison;
    private final UnreadLevels unread;
    private final LowerBookIds lowerUpdates = new LowerBookIds(1, 5 * SECOND);

    /** Snapshots of a venue may be some seconds old, so that one of them proves nothing. */
    private final LowerBookIds lowerSnapshots = new LowerBookIds(3, 30 * SECOND);

    private final Backoff backoff;
    private CarriedStream stream;
    private OrderBook book = new OrderBook(MAX_LEVELS);
    private State state = State.OFF;
    private boolean wasSynced;
    private long lastId;
    private boolean afterSnapshot;
    private long lastMicros;
    private long lastFrameAt;
    private boolean counted;

    private RestClient.Pending pending;
    private boolean askLater;
    private long askAt;

    /** Whether it is asked later because the instrument is in a phase without data. */
    private boolean askInPhase;

    private boolean urgent;
    private int failures;
    private boolean degraded;

    /** Whether the request that is under way only deepens a book that is right. */
    private boolean refreshing;

    /** Whether it does so only because the last snapshot was a small one. */
    private boolean deepening;

    /** Its last updates may be lost, until a snapshot or the next update shows that they are not. */
    private boolean unverified;

    private long refreshedAt;
    private String suspicion;
    private String commandId;
    /** A command joins a recovery that is in progress. */
    private boolean joining;

    private String commandChannel;

    public JoinedBook(VenueContext context, InstrumentId instrument, Continuity continuity, BookSnapshots snapshots) {
        this.context = context;
        this.instrument = instrument;
        this.continuity = continuity;
        this.snapshots = snapshots;
        this.recovery = new BookRecovery(context, new Resync());
        this.comparison = new BookComparison(context, snapshots);
        this.unread = new UnreadLevels(context);
        this.backoff = new Backoff(Duration.ofMillis(300), Duration.ofSeconds(5), context.random());
        this.refreshedAt = context.now();
    }

    /** Sets the stream of its updates. */
    public void stream(CarriedStream carrying) {
        stream = carrying;
    }

    /** Emits the best levels as a channel from now on. */
    public void addView(String channel, int depth) {
        BestLevels view = new BestLevels(context, instrument, channel, depth);
        views.add(view);
        if (state == State.SYNCED) {
            view.snapshot(book, lastId, lastMicros, context.time().micros(), stream.synthetic());
            view.then(
                    suspicion == null
                            ? new Synced(head(view, null, null), instrument.category(), (long) depth, null)
                            : new BookSuspect(head(view, null, suspicion), instrument.category(), (long) depth));
        }
    }

    public void removeView(String channel) {
        views.removeIf(view -> {
            if (view.channel().equals(channel)) {
                view.discard();
                return true;
            }
            return false;
        });
    }

    /** Whether the book is right. */
    public boolean synced() {
        return state == State.SYNCED;
    }

    /** An update of the stream. While two connections overlap, updates may come twice, and out of order. */
    public void update(BookUpdate update, boolean synthetic) {
        lastFrameAt = update.at();
        comparison.heard();
        lowerSnapshots.clear();
        if (state == State.SYNCED) {
            if (refreshing) {
                buffer.add(update);
            }
            follow(update, synthetic);
        } else if (state == State.WAITING) {
            context.figures().earlyDeltas++;
            buffer.add(update);
        }
    }

    private void follow(BookUpdate update, boolean synthetic) {
        switch (continuity.judge(lastId, afterSnapshot, update.first(), update.last(), update.previous())) {
            case OLD -> old(update);
            case NEXT -> {
                if (apply(update, synthetic) && !early.isEmpty()) {
                    followEarly(synthetic);
                }
            }
            case GAP -> {
                if (stream.overlapping() && early.size() < MAX_EARLY) {
                    early.put(update.last(), update.copy());
                } else {
                    gap(update);
                }
            }
        }
    }

    private void old(BookUpdate update) {
        context.figures().repeats++;
        if (update.micros() > lastMicros) {
            lowerUpdates.add(update.first(), update.at());
        }
    }

    private void followEarly(boolean synthetic) {
        while (state == State.SYNCED && !early.isEmpty()) {
            BookUpdate update = early.firstEntry().getValue();
            UpdateOrder order =
                    continuity.judge(lastId, afterSnapshot, update.first(), update.last(), update.previous());
            if (order == UpdateOrder.GAP) {
                return;
            }
            early.pollFirstEntry();
            if (order == UpdateOrder.NEXT && !apply(update, synthetic)) {
                return;
            }
        }
    }

    private void gap(BookUpdate update) {
        context.figures().gaps++;
        String reason = "update " + update.first()
                + (update.previous() >= 0 ? ", which continues " + update.previous() + "," : "") + " follows " + lastId;
        broken(reason);
        buffer.add(update);
    }

    /** Applies the next update; false if the book is not right any more. */
    private boolean apply(BookUpdate update, boolean synthetic) {
        long absent = book.absentDeletes();
        int leftOut = book.applyFitting(update.bids(), update.asks());
        context.figures().absentDeletes += book.absentDeletes() - absent;
        if (book.crossed()) {
            broken("the book is crossed after update " + update.last() + ": bid " + book.bestBid() + ", ask "
                    + book.bestAsk());
            return false;
        }
        lastId = update.last();
        clearLower();
        unverified = false;
        afterSnapshot = false;
        lastMicros = update.micros();
        for (BestLevels view : views) {
            view.update(book, lastId, lastMicros, update.receivedAt(), synthetic);
        }
        leftOut(leftOut);
        if (update.unknownLevel() != null) {
            unknownLevel(update.unknownLevel());
        }
        checkEdge();
        return true;
    }

    /** Levels of the deepest channel. */
    private int depth() {
        return views.stream().mapToInt(BestLevels::depth).max().orElse(1);
    }

    /** Levels that were not in the snapshot are unknown until they change: near its edge, a new one is fetched. */
    private void checkEdge() {
        int depth = depth();
        int levels = edge.levels();
        int needed = Math.min(depth, levels / 2);
        int complete = edge.complete(book);
        if (complete < needed && suspicion == null) {
            suspect("only " + complete + " of its best levels are known; a new snapshot is fetched");
        }
        boolean near = complete < needed + Math.max(needed / 2, levels / 5);
        boolean deepens = levels < snapshots.fullLevels() && snapshots.mayDeepen() && complete != Integer.MAX_VALUE;
        if ((near || deepens) && !refreshing && context.now() - refreshedAt > BETWEEN_REFRESHES) {
            refreshing = true;
            refreshedAt = context.now();
            deepening = !near;
            if (deepening) {
                snapshots.deepening(true);
            }
            buffer.clear();
            request(snapshots.fullLevels(), near);
        }
    }

    /** Levels of an update are not in the book, because their numbers do not fit. */
    private void leftOut(int levels) {
        if (levels == 0) {
            return;
        }
        context.figures().unreadable(UnreadableReason.SCALE, levels);
        if (suspicion == null) {
            LOG.warn(
                    "book_levels_left_out symbol={} levels={} reason=\"{}\"",
                    instrument.market(),
                    levels,
                    StreamedBook.NO_COMMON_SCALE);
        }
        unknownLevel(StreamedBook.NO_COMMON_SCALE);
    }

    /** A level may be wrong: the book is suspect until a snapshot has all levels. */
    private void unknownLevel(String why) {
        unread.found();
        if (suspicion == null) {
            suspect("a level could not be read: " + why);
        }
    }

    private void suspect(String reason) {
        suspicion = reason;
        context.figures().suspectBooks++;
        for (BestLevels view : views) {
            view.then(new BookSuspect(head(view, null, reason), instrument.category(), (long) view.depth()));
        }
    }

    /** The book is no longer valid: nothing is emitted until a new snapshot has come. */
    private void broken(String reason) {
        leaveSynced();
        recovery.broken(reason, commandId);
        commandId = null;
    }

    private void leaveSynced() {
        state = State.WAITING;
        count(true);
        forget();
        urgent = true;
    }

    private void count(boolean waits) {
        if (counted != waits) {
            counted = waits;
            snapshots.waiting(waits);
        }
    }

    private void forget() {
        cancel();
        comparison.cancel();
        clearLower();
        suspicion = null;
        unverified = false;
        unread.cleared();
        endRefresh();
        early.clear();
        book.clear();
        views.forEach(BestLevels::discard);
    }

    /** The request that deepens the book has ended. */
    private void endRefresh() {
        refreshing = false;
        if (deepening) {
            deepening = false;
            snapshots.deepening(false);
        }
        buffer.clear();
    }

    private void cancel() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        askLater = false;
    }

    private void request() {
        cancel();
        request(snapshots.levels(depth()), urgent);
    }

    private void request(int levels, boolean first) {
        pending = snapshots.get(instrument.symbol(), levels, first, new RestClient.Callback() {
            @Override
            public void sent() {
                buffer.dropBefore(context.now() - BEFORE_REQUEST);
            }

            @Override
            public void answered(byte[] body) {
                pending = null;
                try {
                    take(snapshots.read(body), levels);
                } catch (IOException e) {
                    JoinedBook.this.failed("the snapshot cannot be used: " + e.getMessage());
                }
            }

            @Override
            public void failed(String reason) {
                pending = null;
                JoinedBook.this.failed("no snapshot: " + reason);
            }
        });
    }

    private void failed(String reason) {
        if (refreshing) {
            refreshFailed();
            return;
        }
        if (degrades()) {
            new Resync().degraded(reason);
        }
        again();
    }

    /** Counts a failure; whether it is to be reported. In a phase without data it is no fault. */
    private boolean degrades() {
        if (!stream.expectsData()) {
            return false;
        }
        failures++;
        boolean first = failures >= FAILURES_UNTIL_DEGRADED && !degraded;
        degraded |= first;
        return first;
    }

    private void refreshFailed() {
        endRefresh();
        if (unread.any()) {
            unread.found();
        }
        if (unverified) {
            again();
        }
    }

    private void again() {
        askLater = true;
        askInPhase = !stream.expectsData();
        askAt = context.now() + (askInPhase ? PHASE_WITHOUT_DATA : backoff.next());
    }

    private void take(BookSnapshot snapshot, int levels) {
        OrderBook fresh = new OrderBook(MAX_LEVELS);
        long id = snapshot.lastId();
        long micros = snapshot.millis() > 0 ? snapshot.millis() * 1_000L : context.exchangeMicros();
        boolean untouched = true;
        String fault = null;
        int leftOut = 0;
        String unknown = snapshot.unknownLevel();
        try {
            fresh.snapshot(snapshot.bids(), snapshot.asks());
            for (BookUpdate update : buffer.all()) {
                UpdateOrder order = continuity.judge(id, untouched, update.first(), update.last(), update.previous());
                if (order == UpdateOrder.GAP) {
                    stale(snapshot, update, untouched);
                    return;
                }
                if (order == UpdateOrder.NEXT) {
                    leftOut += fresh.applyFitting(update.bids(), update.asks());
                    unknown = unknown == null ? update.unknownLevel() : unknown;
                    id = update.last();
                    micros = update.micros();
                    untouched = false;
                }
            }
        } catch (ArithmeticException e) {
            fault = e.getMessage();
        }
        if (fault == null && fresh.crossed()) {
            fault = "the snapshot " + snapshot.lastId() + " is crossed: bid " + fresh.bestBid() + ", ask "
                    + fresh.bestAsk();
        }
        if (fault == null && refreshing && id < lastId) {
            lowerSnapshots.add(id, context.now());
            stale(snapshot, null, untouched);
            return;
        }
        if (fault != null) {
            failed(fault);
            return;
        }
        boolean deepened = refreshing;
        comparison.heard();
        clearLower();
        unverified = false;
        unread.cleared();
        report(snapshot);
        endRefresh();
        failures = 0;
        degraded = false;
        backoff.reset();
        book = fresh;
        edge.snapshot(
                snapshot.bids(), snapshot.asks(), levels, snapshot.unread().total());
        if (deepened) {
            deepened(id, micros, untouched, unknown != null);
        } else {
            synced(id, micros, untouched);
        }
        leftOut(leftOut);
        if (unknown != null) {
            unknownLevel(unknown);
        }
    }

    /** Logs and counts the levels of a snapshot that could not be read. */
    private void report(BookSnapshot snapshot) {
        UnreadParts parts = snapshot.unread();
        context.figures().shortenedSizes += parts.shortenedSizes();
        if (parts.any()) {
            for (UnreadableReason reason : UnreadableReason.values()) {
                if (parts.count(reason) > 0) {
                    context.figures().unreadable(reason, parts.count(reason));
                }
            }
            LOG.warn(
                    "snapshot_unreadable symbol={} levels={} reason=\"{}\": the rest is used",
                    instrument.market(),
                    parts.total(),
                    parts.cause());
        }
    }

    /** The snapshot is older than the first update kept, or one between the updates is missing: it is fetched again. */
    private void stale(BookSnapshot snapshot, BookUpdate update, boolean first) {
        context.figures().staleSnapshots++;
        if (refreshing) {
            refreshFailed();
            return;
        }
        if (!first) {
            // The updates before the hole are of no use.
            buffer.dropBefore(update.at());
        }
        if (degrades()) {
            String reason = failures + " snapshots in a row were older than the stream, the last one "
                    + snapshot.lastId() + (update == null ? "" : ", before update " + update.first());
            LOG.warn("snapshot_stale symbol={} reason=\"{}\": it is fetched again", instrument.market(), reason);
            new Resync().degraded(reason);
        }
        again();
    }

    private void synced(long id, long micros, boolean untouched) {
        state = State.SYNCED;
        count(false);
        urgent = false;
        lastId = id;
        lastMicros = micros;
        afterSnapshot = untouched;
        refreshedAt = context.now();
        long millis = recovery.succeeded();
        for (BestLevels view : views) {
            view.snapshot(book, id, micros, context.time().micros(), stream.synthetic());
            view.then(new Synced(
                    head(view, null, null), instrument.category(), (long) view.depth(), millis < 0 ? null : millis));
        }
    }

    /** The same book, of which more levels are known now. */
    private void deepened(long id, long micros, boolean untouched, boolean unknown) {
        boolean same = id == lastId;
        boolean wrong = false;
        for (BestLevels view : views) {
            wrong |= same && view.differs(book);
        }
        if (wrong && suspicion == null && !unknown) {
            context.figures().bookCorrections++;
            LOG.warn(
                    "book_corrected symbol={} update_id={}: the snapshot differed and is used",
                    instrument.market(),
                    id);
        }
        if (!same || wrong) {
            lastMicros = Math.max(lastMicros, micros);
            for (BestLevels view : views) {
                if (same) {
                    view.snapshot(book, id, lastMicros, context.time().micros(), stream.synthetic());
                } else {
                    view.update(book, id, lastMicros, context.time().micros(), stream.synthetic());
                }
            }
        }
        lastId = id;
        afterSnapshot = untouched && !same;
        if (suspicion != null && !unknown) {
            suspicion = null;
            for (BestLevels view : views) {
                view.then(new Synced(head(view, null, null), instrument.category(), (long) view.depth(), null));
            }
        }
        if (!early.isEmpty()) {
            followEarly(stream.synthetic());
        }
    }

    /** Compares the book with the live trades: if they show that it stands still, it is fetched again. */
    public void compare(LiveTrades trades) {
        if (state != State.SYNCED) {
            return;
        }
        String reason =
                standstill.reason(book, lastFrameAt, lastMicros, -1, trades.count(), trades.last(), context.now());
        if (reason != null) {
            context.figures().frozenBooks++;
            standstill.checked(false, context.now());
            LOG.warn("book_frozen symbol={} reason=\"{}\": it is fetched again", instrument.market(), reason);
            broken(reason);
        }
    }

    @Override
    public long reconciliationOverdue() {
        return state == State.SYNCED && !refreshing && suspicion == null && early.isEmpty() ? comparison.overdue() : -1;
    }

    @Override
    public int reconciliationWeight() {
        return snapshots.weight(snapshots.smallest(depth()));
    }

    @Override
    public void reconcile() {
        int levels = snapshots.smallest(depth());
        comparison.begin(instrument.symbol(), levels, snapshot -> difference(snapshot, levels));
    }

    /** How the book differs from a snapshot that is not older, as far as both are known; null if it does not. */
    private String difference(BookSnapshot snapshot, int levels) {
        if (snapshot.lastId() < lastId) {
            lowerSnapshots.add(snapshot.lastId(), context.now());
            comparison.again();
            return null;
        }
        lowerSnapshots.clear();
        OrderBook venue = new OrderBook(levels);
        venue.snapshot(snapshot.bids(), snapshot.asks());
        int known = Math.min(levels, edge.complete(book));
        boolean same = book.bids().top(known).equals(venue.bids().top(known))
                && book.asks().top(known).equals(venue.asks().top(known));
        return same || snapshot.unknownLevel() != null
                ? null
                : "no update since " + lastId + ", but the venue's book is another one at " + snapshot.lastId();
    }

    /** A silent book that differs from the venue's is not right: a snapshot replaces it. */
    private void checkComparison() {
        String difference = comparison.takeDifference();
        if (difference != null && state == State.SYNCED) {
            LOG.warn("book_suspect symbol={} reason=\"{}\": a snapshot is fetched", instrument.market(), difference);
            if (suspicion == null) {
                suspect(difference);
            }
            verify();
        }
    }

    /** The id of the book is wrong if what is newer has lower ones. */
    private void checkLower(long now) {
        if (lowerUpdates.certain(now)) {
            context.figures().gaps++;
            broken("newer updates have lower ids, from " + lowerUpdates.first() + " on, than the book with " + lastId);
        } else if (lowerSnapshots.certain(now)) {
            context.figures().gaps++;
            broken("no update since " + lastId + ", but the venue's book is at " + lowerSnapshots.first());
        }
    }

    private void clearLower() {
        lowerUpdates.clear();
        lowerSnapshots.clear();
    }

    /** Handles a request for a new snapshot; joins a resync that is in progress. */
    public void resync(String channel, String id) {
        commandChannel = channel;
        commandId = id;
        if (state == State.SYNCED) {
            broken("requested by a command");
        } else {
            joining = true;
            recovery.joined("requested by a command", id);
            joining = false;
        }
        commandId = null;
    }

    /** The last updates may be lost: a snapshot, fetched beside the live updates, tells. */
    public void verify() {
        if (state != State.SYNCED) {
            return;
        }
        unverified = true;
        refresh();
    }

    /** Fetches a snapshot beside the live updates. */
    private void refresh() {
        if (!refreshing) {
            refreshing = true;
            refreshedAt = context.now();
            buffer.clear();
            request(edge.levels(), false);
        }
    }

    /** A frame of the stream could not be read, so its update is lost. */
    public void unreadable(String why) {
        if (state == State.SYNCED) {
            broken(why);
        } else {
            buffer.clear();
        }
    }

    /** The venue has accepted the stream: from now on no update is missed. */
    public void active() {
        state = State.WAITING;
        wasSynced = false;
        count(true);
        forget();
        failures = 0;
        request();
    }

    /** No connection carries the stream any more. */
    public void ended() {
        wasSynced = state == State.SYNCED;
        if (wasSynced) {
            urgent = true;
        }
        state = State.OFF;
        count(false);
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

    /** Called at a regular interval. */
    public void tick() {
        long now = context.now();
        if (askLater && (now - askAt >= 0 || (askInPhase && stream.expectsData()))) {
            askLater = false;
            if (state == State.WAITING) {
                request();
            } else if (unverified) {
                verify();
            }
        }
        if (!early.isEmpty() && state == State.SYNCED) {
            BookUpdate first = early.firstEntry().getValue();
            if (now - first.at() > OUT_OF_ORDER) {
                gap(first);
            }
        }
        checkLower(now);
        checkComparison();
        if (state == State.SYNCED && !refreshing && unread.due()) {
            refresh();
        }
        recovery.tick();
    }

    private Head head(BestLevels view, String id, String reason) {
        return new Head(context.connector(), instrument.symbol(), view.channel(), id, reason);
    }

    /** A recovery fetches a snapshot; the stream stays subscribed. */
    private final class Resync implements BookRecovery.RecoveredBook {

        @Override
        public void attempt() {
            if (state == State.WAITING) {
                request();
            }
        }

        @Override
        public void settled() {}

        @Override
        public boolean expectsData() {
            return stream.expectsData();
        }

        /** Another connection does not give another snapshot. */
        @Override
        public boolean mayReconnect() {
            return false;
        }

        @Override
        public void reconnect(String reason) {}

        @Override
        public void resyncing(String reason, String id) {
            for (BestLevels view : views) {
                boolean commanded = view.channel().equals(commandChannel);
                if (joining && !commanded) {
                    // It has been told that the book is stale.
                    continue;
                }
                String answers = commanded ? id : null;
                context.outbox()
                        .status(new Resyncing(head(view, answers, reason), instrument.category(), (long) view.depth()));
            }
        }

        @Override
        public void degraded(String reason) {
            for (BestLevels view : views) {
                context.outbox()
                        .status(new Degraded(
                                head(view, null, reason),
                                ConnectionInfo.NONE,
                                instrument.category(),
                                (long) view.depth(),
                                null,
                                null,
                                null));
            }
        }

        @Override
        public String toString() {
            return instrument.toString();
        }
    }
}
