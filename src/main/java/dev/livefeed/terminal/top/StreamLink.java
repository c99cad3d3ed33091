package dev.livefeed.terminal.top;

/**
 * A connection to the program.
 *
 * @param reason why it was lost, else empty
 * @param since when it was opened or lost
 * @param retryAt when the next attempt begins
 */
record StreamLink(State state, String reason, long since, long retryAt) {

    enum State {
        CONNECTING,
        OPEN,
        LOST
    }

    static StreamLink connecting(long now) {
        return new StreamLink(State.CONNECTING, "", now, now);
    }

    StreamLink opened(long now) {
        return new StreamLink(State.OPEN, "", now, now);
    }

    /** @param now of the first failure if it was lost before */
    StreamLink lost(String why, long now, long pauseMillis) {
        return new StreamLink(State.LOST, why, state == State.LOST ? since : now, now + pauseMillis);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }
}
