package dev.livefeed.terminal.top;

/**
 * A connection to the program.
 *
 * @param reason why it was lost, else empty
 * @param since when it was opened or lost
 * @param retryAt when the next attempt begins
 */
record ProgramLink(State state, String reason, long since, long retryAt) {

    enum State {
        CONNECTING,
        OPEN,
        LOST
    }

    static ProgramLink connecting(long now) {
        return new ProgramLink(State.CONNECTING, "", now, now);
    }

    ProgramLink opened(long now) {
        return new ProgramLink(State.OPEN, "", now, now);
    }

    /** @param now of the first failure if it was lost before */
    ProgramLink lost(String why, long now, long pauseMillis) {
        return new ProgramLink(State.LOST, why, state == State.LOST ? since : now, now + pauseMillis);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }
}
