package dev.livefeed.app.health;

/** A condition that changes only when its cause has lasted. It becomes true at once the first time. Not thread-safe. */
final class Hysteresis {

    private final long trueAfter;
    private final long falseAfter;
    private boolean current;
    private boolean everTrue;
    /** Since when the cause differs from the condition; -1 if it does not. */
    private long differsSince = -1;

    Hysteresis(ReadyRules rules) {
        this.trueAfter = rules.readyAfter().toMillis();
        this.falseAfter = rules.unreadyAfter().toMillis();
    }

    /**
     * Takes the cause as it is now.
     *
     * @param since from when on it is known to be so, at the latest {@code now}
     */
    boolean update(boolean cause, long since, long now) {
        if (cause == current) {
            differsSince = -1;
            return current;
        }
        differsSince = differsSince < 0 ? since : Math.min(since, differsSince);
        long after = cause ? (everTrue ? trueAfter : 0) : falseAfter;
        if (now - differsSince >= after) {
            current = cause;
            everTrue |= cause;
            differsSince = -1;
        }
        return current;
    }

    /** Counts as true until its cause has been missing for the usual time. */
    void presume() {
        current = true;
        differsSince = -1;
    }

    boolean current() {
        return current;
    }

    /** Becomes false at once. */
    void drop() {
        current = false;
        differsSince = -1;
    }

    /** As at the start. */
    void reset() {
        drop();
        everTrue = false;
    }
}
