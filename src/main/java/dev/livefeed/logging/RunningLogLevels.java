package dev.livefeed.logging;

import java.util.Map;

/** The levels of the log while the program runs: those of the settings, until they are changed. Thread-safe. */
public final class RunningLogLevels {

    /** The name under which the level of the program is changed. */
    public static final String PROGRAM = "program";

    /** Each name of a logger makes one, which is never removed. */
    private static final int MOST = 100;

    private final LogLevels configured;
    private LogLevels now;

    /** @param configured the levels of the settings, which are in use */
    public RunningLogLevels(LogLevels configured) {
        this.configured = configured;
        now = configured;
    }

    /** The levels in use. */
    public synchronized LogLevels now() {
        return now;
    }

    /** The levels of the settings. */
    public LogLevels configured() {
        return configured;
    }

    /**
     * Changes a level.
     *
     * @param part {@link #PROGRAM}, a part, or the full name of a logger
     * @throws IllegalArgumentException with the rule
     */
    public synchronized void set(String part, String level) {
        if (!part.equals(PROGRAM)
                && !now.byPart().containsKey(part)
                && now.byPart().size() >= MOST) {
            throw new IllegalArgumentException(
                    MOST + " parts and loggers have a level of their own, which is the limit; reset some");
        }
        use(part.equals(PROGRAM) ? now.withLevel(level) : now.with(part, level));
    }

    /** Sets a part back to its level of the settings. Returns whether it had another one. */
    public synchronized boolean reset(String part) {
        LogLevels before = now;
        LogLevels next = LogLevels.of(part.equals(PROGRAM) ? configured.level() : now.level(), "");
        for (Map.Entry<String, String> one : now.byPart().entrySet()) {
            if (!one.getKey().equals(part)) {
                next = next.with(one.getKey(), one.getValue());
            }
        }
        String own = configured.byPart().get(part);
        use(own == null ? next : next.with(part, own));
        return !before.level().equals(now.level()) || !before.byPart().equals(now.byPart());
    }

    /** Sets all levels back to those of the settings. */
    public synchronized void reset() {
        use(configured);
    }

    private void use(LogLevels next) {
        next.useInPlaceOf(now);
        now = next;
    }
}
