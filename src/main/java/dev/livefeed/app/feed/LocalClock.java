package dev.livefeed.app.feed;

import dev.livefeed.protocol.model.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what no clock is expected to do: that the local clock is set, that the machine is suspended, and that the
 * program stands still. Ages and deadlines are measured by the monotonic clock and are not affected; what is compared
 * with the exchange's time is, until the offset of its clock is measured again. Thread-safe.
 */
public final class LocalClock {

    /** A clock that is adjusted slowly moves 0.5 ms per second; a leap second moves it by one second. */
    static final long JUMP_MICROS = 100_000;
    /** Longer than a pause of the garbage collector, or of a busy machine. */
    static final Duration STALL = Duration.ofSeconds(10);

    /** How long an alarm stays. */
    static final Duration SHOWN = Duration.ofMinutes(5);

    /** How long events from before a jump may still come. */
    private static final Duration UNDERWAY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LocalClock.class);
    private static final double MICROS = 1e6;
    private static final int ATTEMPTS = 5;
    private static final long SLOW_NANOS = 5_000_000L;
    private static final long SUSPENDED_MILLIS = 1_000;

    /** What happened to the clock. */
    public enum Kind {
        SET,
        SUSPENDED,
        STALLED;

        /** Name in metrics. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The clocks of the machine. */
    public interface Clocks {

        /** Monotonic, without the time in which the machine is suspended. */
        long nanos();

        /** Microseconds since 1970. */
        long micros();

        /** Monotonic, with the time in which the machine is suspended, milliseconds; -1 if it is not known. */
        long uptimeMillis();
    }

    /**
     * @param at when it was noticed, by the clock as it is since
     * @param byMicros how far the clock was set forward, or for how long nothing ran
     * @param nanos when it was noticed, by the monotonic clock
     */
    private record Change(Kind kind, Instant at, long byMicros, long nanos) {

        String text() {
            String seconds = String.format(Locale.ROOT, "%.1f s", Math.abs(byMicros) / MICROS);
            return switch (kind) {
                case SET ->
                    "the local clock was set " + (byMicros > 0 ? "forward" : "back") + " by " + seconds
                            + ", noticed at " + at
                            + "; ages and deadlines are not affected, lag is by the exchange's clock, which is"
                            + " measured again";
                case SUSPENDED ->
                    "the machine was suspended for " + seconds + " until " + at
                            + "; connections are opened again and what was missed is fetched";
                case STALLED ->
                    "the program stood still for " + seconds + " until " + at
                            + ": it was stopped, or the machine gave it no time";
            };
        }
    }

    private final Clocks clocks;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final long[] counts = new long[Kind.values().length];
    private final List<Change> shown = new ArrayList<>();
    private long apart;
    private long notSuspended;
    private boolean watched;
    private long lookedAt;
    private Change set;
    private long lead;

    public LocalClock() {
        this(new MachineClocks());
    }

    /** @param clocks replace those of the machine in tests */
    public LocalClock(Clocks clocks) {
        this.clocks = clocks;
        apart = micros() - clocks.nanos() / 1_000;
        notSuspended = clocks.uptimeMillis() - clocks.nanos() / 1_000_000;
    }

    /** Adds a listener. It gets the microseconds by which the clock was set forward, negative if back. */
    public void onSet(LongConsumer listener) {
        listeners.add(listener);
    }

    /** Looks at the clocks; to be called every second by one thread. */
    public void watch() {
        synchronized (this) {
            long now = clocks.nanos();
            if (watched && now - lookedAt >= STALL.toNanos()) {
                noticed(Kind.STALLED, (now - lookedAt) / 1_000);
            }
            watched = true;
            lookedAt = now;
        }
        look();
    }

    /** Looks at the clocks; to be called also when a time is not as expected. */
    public void look() {
        long by = setBy();
        if (by != 0) {
            listeners.forEach(listener -> listener.accept(by));
        }
    }

    private synchronized long setBy() {
        long before = clocks.nanos();
        long micros = clocks.micros();
        long after = clocks.nanos();
        for (int i = 1; i < ATTEMPTS && after - before > SLOW_NANOS; i++) { // interrupted between the clocks
            before = after;
            micros = clocks.micros();
            after = clocks.nanos();
        }
        long now = micros - after / 1_000;
        long moved = now - apart;
        apart = now;
        if (Math.abs(moved) < JUMP_MICROS) {
            return 0;
        }
        long uptime = clocks.uptimeMillis();
        if (uptime >= 0) {
            long suspended = uptime - after / 1_000_000 - notSuspended;
            if (suspended >= SUSPENDED_MILLIS) {
                notSuspended += suspended;
                noticed(Kind.SUSPENDED, suspended * 1_000);
                moved -= suspended * 1_000;
            }
        }
        if (Math.abs(moved) < JUMP_MICROS) {
            return 0;
        }
        set = noticed(Kind.SET, moved);
        lead = Math.max(0, lead - moved);
        // Where it is not known whether the machine was suspended, time that is missing may be right.
        return uptime < 0 && moved > 0 ? 0 : moved;
    }

    private Change noticed(Kind kind, long byMicros) {
        Change change = new Change(kind, Times.instant(clocks.micros() / 1_000 * 1_000), byMicros, clocks.nanos());
        counts[kind.ordinal()]++;
        shown.removeIf(earlier -> earlier.kind() == kind);
        shown.add(change);
        double seconds = byMicros / MICROS;
        switch (kind) {
            case SET -> LOG.warn("clock_set seconds={}: {}", seconds, change.text());
            case SUSPENDED -> LOG.warn("machine_suspended seconds={}: {}", seconds, change.text());
            case STALLED -> LOG.warn("program_stalled seconds={}: {}", seconds, change.text());
        }
        return change;
    }

    /** The present time, microseconds since 1970. */
    public long micros() {
        return clocks.micros();
    }

    /**
     * A time that a connector has taken from the local clock, by the clock as it is now: of an event that was received
     * just before the clock was set, it is corrected.
     */
    public synchronized long corrected(long micros) {
        if (set == null || clocks.nanos() - set.nanos() > UNDERWAY.toNanos()) {
            return micros;
        }
        long middle = Times.micros(set.at()) - set.byMicros() / 2;
        boolean earlier = set.byMicros() > 0 ? micros < middle : micros > middle;
        return earlier ? micros + set.byMicros() : micros;
    }

    /** By how much the clock was set back since the start and not forward again, microseconds. */
    public synchronized long setBackMicros() {
        return lead;
    }

    /** How often it happened. */
    public synchronized long count(Kind kind) {
        return counts[kind.ordinal()];
    }

    /** One line for each kind of change in the last minutes. */
    public synchronized List<String> alarms() {
        long now = clocks.nanos();
        shown.removeIf(change -> now - change.nanos() > SHOWN.toNanos());
        return shown.stream().map(Change::text).toList();
    }

    /** The clocks of this machine. */
    private static final class MachineClocks implements Clocks {

        /** Linux counts the time in which the machine is suspended; other systems do not tell. */
        private static final Path UPTIME = Path.of("/proc/uptime");

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long micros() {
            return Times.nowMicros();
        }

        @Override
        public long uptimeMillis() {
            try {
                String text = Files.readString(UPTIME);
                return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1_000);
            } catch (IOException | RuntimeException e) {
                return -1;
            }
        }
    }
}
