package dev.livefeed.exchange.fault;

/** A fault that has been ordered, and how far it has come. */
final class ActiveFault {

    private final int id;
    private final Fault fault;
    private long nextRound;
    private int remaining;
    private long happened;
    private boolean begun;

    ActiveFault(int id, Fault fault, long now) {
        this.id = id;
        this.fault = fault;
        this.nextRound = now + fault.afterMillis();
    }

    int id() {
        return id;
    }

    Fault fault() {
        return fault;
    }

    /** How often it has happened. */
    long happened() {
        return happened;
    }

    /** Starts the next round if it is time. */
    boolean begins(long now) {
        if (now < nextRound || (begun && fault.everyMillis() == 0)) {
            return false;
        }
        begun = true;
        remaining = fault.count();
        nextRound = now + fault.everyMillis();
        return true;
    }

    boolean over() {
        return begun && remaining == 0 && fault.everyMillis() == 0;
    }

    /** Whether it may happen now. */
    boolean armed() {
        return remaining > 0;
    }

    void happens() {
        happens(1);
    }

    void happens(int times) {
        remaining = Math.max(0, remaining - times);
        happened += times;
    }

    void endRound() {
        remaining = 0;
    }
}
