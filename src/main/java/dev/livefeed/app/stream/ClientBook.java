package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.Depth;

/** The state of one client's copy of one book. */
final class ClientBook {

    private enum State {
        /** A snapshot is due: no update is sent until then. */
        SNAPSHOT_DUE,
        /** The local order book is not synced: the feed's next snapshot is sent. */
        STALE,
        /** The client's copy is at {@code position}. */
        SYNCED
    }

    /** What to do with an update. */
    enum UpdateAction {
        SEND,
        /** The client's copy already includes it, or cannot use it. */
        SKIP,
        /** It does not continue the client's copy: a new snapshot is needed. */
        RESYNC
    }

    private State state = State.SNAPSHOT_DUE;
    private int levels = -1;
    private long position = -1;

    /** The client needs a snapshot. */
    void requireSnapshot() {
        state = State.SNAPSHOT_DUE;
    }

    boolean snapshotDue() {
        return state == State.SNAPSHOT_DUE;
    }

    /** The client has been sent the book at this update. */
    void synced(int levelsOfBook, long updateId) {
        state = State.SYNCED;
        levels = levelsOfBook;
        position = updateId;
    }

    /** The client has been told that the book is stale. */
    void markStale() {
        state = State.STALE;
    }

    /** Whether the client must be told that the book with this number of levels is stale. */
    boolean stale(int levelsOfBook) {
        return state == State.SYNCED && (levelsOfBook == 0 || levelsOfBook == levels || levels == 0);
    }

    /** Id of the last update in the client's copy. */
    long position() {
        return position;
    }

    /** Decides what to do with an update that the market has applied. */
    UpdateAction step(Depth depth) {
        if (state == State.STALE) {
            return depth.snapshot() ? UpdateAction.SEND : UpdateAction.RESYNC;
        }
        if (state == State.SNAPSHOT_DUE || depth.levels() != levels) {
            return UpdateAction.SKIP;
        }
        boolean continues =
                depth.prevUpdateId() == position || (depth.prevUpdateId() < 0 && depth.lastUpdateId() > position);
        if (!continues && depth.lastUpdateId() == position) {
            // It was being added while the snapshot was taken.
            return UpdateAction.SKIP;
        }
        return continues || depth.snapshot() ? UpdateAction.SEND : UpdateAction.RESYNC;
    }
}
