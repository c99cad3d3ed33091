package dev.livefeed.exchange.fault;

/** A scheduled fault and its progress. */
final class ActiveFault {

    private final int id;
    private final Fault fault;
    private long nextRound;
    private int remaining;
    private long occurrences;
    private boolean started;

    ActiveFault(int id, Fault fault, long now) {
        this.id = id;
        this.fault = fault;
        this.nextRound = now + fault.schedule().afterMillis();
    }

    int id() {
        return id;
    }

    Fault fault() {
        return fault;
    }

    /** How often it has happened so far. */
    long occurrences() {
        return occurrences;
    }

    /** Starts the next round if it is due; false if it is not. */
    boolean startRound(long now) {
        if (now < nextRound || (started && fault.schedule().everyMillis() == 0)) {
            return false;
        }
        started = true;
        remaining = fault.schedule().count();
        nextRound = now + fault.schedule().everyMillis();
        return true;
    }

    boolean finished() {
        return started && remaining == 0 && fault.schedule().everyMillis() == 0;
    }

    /** Whether occurrences are left in the current round. */
    boolean armed() {
        return remaining > 0;
    }

    void record() {
        record(1);
    }

    void record(int times) {
        remaining = Math.max(0, remaining - times);
        occurrences += times;
    }

    void endRound() {
        remaining = 0;
    }
}
