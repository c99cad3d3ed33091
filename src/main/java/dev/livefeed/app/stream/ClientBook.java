package dev.livefeed.app.stream;

import dev.livefeed.protocol.model.Depth;

/** How far one client's copy of one book has come. */
final class ClientBook {

    private enum State {
        /** A snapshot is due: nothing is passed on until it has come. */
        OWED,
        /** The book here is not right: the next snapshot of the feed is passed on. */
        STALE,
        /** The client's copy stands at the position. */
        SYNCED
    }

    /** What to do with an update. */
    enum Step {
        SEND,
        /** It is in the client's copy already, or of no use to it. */
        SKIP,
        /** It does not continue the client's copy. */
        RENEW
    }

    private State state = State.OWED;
    private int levels = -1;
    private long position = -1;

    /** The client's copy is no longer right, or there is none yet. */
    void owe() {
        state = State.OWED;
    }

    boolean owed() {
        return state == State.OWED;
    }

    /** The client has been given the book as it stood there. */
    void at(int levelsOfBook, long updateId) {
        state = State.SYNCED;
        levels = levelsOfBook;
        position = updateId;
    }

    /** The client has been told that the book is not right. */
    void told() {
        state = State.STALE;
    }

    /** Whether the client must be told that the book of that many levels is stale. */
    boolean stale(int levelsOfBook) {
        return state == State.SYNCED && (levelsOfBook == 0 || levelsOfBook == levels || levels == 0);
    }

    /** Number of the update that the client's copy stands at. */
    long position() {
        return position;
    }

    /** What to do with an update that the market has taken. */
    Step step(Depth depth) {
        if (state == State.STALE) {
            return depth.snapshot() ? Step.SEND : Step.RENEW;
        }
        if (state == State.OWED || depth.levels() != levels) {
            return Step.SKIP;
        }
        boolean continues =
                depth.prevUpdateId() == position || (depth.prevUpdateId() < 0 && depth.lastUpdateId() > position);
        if (!continues && depth.lastUpdateId() == position) {
            // It was being added while the copy was taken.
            return Step.SKIP;
        }
        return continues || depth.snapshot() ? Step.SEND : Step.RENEW;
    }
}
