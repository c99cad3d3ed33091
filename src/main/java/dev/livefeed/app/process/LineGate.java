package dev.livefeed.app.process;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits one source at a time to the routes, and one line of it at a time, and records which line is in the routes and
 * since when. A source is the output of a process or an announcement about it; lines of different sources are never
 * interleaved. Connectors that run side by side have a gate each and one {@link LineTurn} together: their sources hold
 * their gates at the same time, and their lines take turns.
 *
 * <p>A line costs two compare-and-sets. The lock is only used for changes of the source, announcements and lines that
 * do not leave the routes.
 */
public final class LineGate {

    private static final Logger LOG = LoggerFactory.getLogger(LineGate.class);
    private static final long POLL_NANOS = 100_000_000;
    private static final long NOT_WAITING = Long.MIN_VALUE;

    /** A source of lines, which holds the gate until it releases it. */
    interface Source {

        /** The current thread of the source has been abandoned: continue on another one, or release the gate. */
        void resume();
    }

    /**
     * A line or an announcement in the routes.
     *
     * @param line without line end; null for an announcement
     * @param since time of entry in milliseconds of the monotonic clock
     * @param origin the visit as created on entry; null if this is it
     * @param last whether its source releases the gate when it leaves
     */
    public record Visit(Source source, Thread thread, byte[] line, long since, Visit origin, boolean last) {

        private boolean isSame(Visit entered) {
            return this == entered || origin == entered;
        }

        private Visit updated(boolean asLast) {
            return new Visit(source, thread, line, since, origin == null ? this : origin, asLast);
        }
    }

    private final LongSupplier millis;
    private final AtomicReference<Visit> current = new AtomicReference<>();
    private final LineTurn turn;
    private volatile long waitingSince = NOT_WAITING;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Pending announcements by kind, which limits their number however long the gate is held. */
    private final Map<String, Runnable> announcements = new LinkedHashMap<>();

    private boolean announcing;
    private volatile Source holder;

    /** @param millis monotonic clock in milliseconds */
    LineGate(LongSupplier millis) {
        this(millis, null);
    }

    /**
     * @param millis monotonic clock in milliseconds
     * @param turn shared with the gates of the other connectors; null if there are none
     */
    LineGate(LongSupplier millis, LineTurn turn) {
        this.millis = millis;
        this.turn = turn;
    }

    /** Waits for the gate; false if it is not wanted any more. */
    boolean acquire(Source source, BooleanSupplier wanted) throws InterruptedException {
        lock.lock();
        try {
            while (holder != null || announcing) {
                if (!wanted.getAsBoolean()) {
                    return false;
                }
                changed.awaitNanos(POLL_NANOS);
            }
            if (!wanted.getAsBoolean()) {
                return false;
            }
            holder = source;
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isHeldBy(Source source) {
        return holder == source;
    }

    /**
     * Enters a line.
     *
     * @param now milliseconds of the monotonic clock
     * @return null if the source does not hold the gate any more
     */
    Visit enter(Source source, byte[] line, long now) {
        long since = now;
        if (turn != null) {
            waitingSince = now;
            boolean taken = turn.take(() -> holder == source);
            waitingSince = NOT_WAITING;
            if (!taken) {
                return null;
            }
            since = millis.getAsLong();
        }
        Visit visit = new Visit(source, Thread.currentThread(), line, since, null, false);
        while (!current.compareAndSet(null, visit)) {
            if (holder != source) {
                pass();
                return null;
            }
            Thread.onSpinWait();
        }
        if (holder != source) {
            leave(visit);
            return null;
        }
        return visit;
    }

    private void pass() {
        if (turn != null) {
            turn.pass();
        }
    }

    /** Milliseconds for which a line has been waiting for its turn; 0 if none does. */
    long waitingMillis() {
        long since = waitingSince;
        return since == NOT_WAITING ? 0 : Math.max(0, millis.getAsLong() - since);
    }

    /** The line has left the routes. Returns false if the calling thread must end, because it has been replaced. */
    boolean leave(Visit visit) {
        if (current.compareAndSet(visit, null)) {
            pass();
            return true;
        }
        return leaveMarked(visit);
    }

    private boolean leaveMarked(Visit visit) {
        lock.lock();
        try {
            Visit now = current.get();
            if (now == null || !now.isSame(visit)) {
                return false; // abandoned
            }
            Thread.interrupted(); // the interrupt applied to the line only
            current.set(null);
            pass();
            if (now.last()) {
                free();
            }
            return !now.last();
        } finally {
            lock.unlock();
        }
    }

    /** Releases the gate if the source holds it. */
    void release(Source source) {
        lock.lock();
        try {
            if (holder == source) {
                free();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Admits no further line of this source. A line of it in the routes keeps the gate until it leaves.
     *
     * @return whether there is such a line
     */
    boolean end(Source source) {
        lock.lock();
        try {
            if (holder != source) {
                return false;
            }
            holder = null;
            Visit visit = current.get();
            if (visit != null && visit.source() == source && current.compareAndSet(visit, visit.updated(true))) {
                holder = source;
                return true;
            }
            changed.signalAll();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void free() {
        holder = null;
        changed.signalAll();
    }

    /** The line or announcement in the routes, or null. */
    public Visit current() {
        return current.get();
    }

    /** Milliseconds since the current line entered the routes; 0 if there is none. */
    public long currentMillis() {
        Visit visit = current.get();
        return visit == null ? 0 : Math.max(0, millis.getAsLong() - visit.since());
    }

    /**
     * Interrupts the thread of this visit. Returns the updated visit, or null if it has left.
     */
    Visit interrupt(Visit visit) {
        lock.lock();
        try {
            Visit updated = visit.updated(visit.last());
            if (!current.compareAndSet(visit, updated)) {
                return null;
            }
            updated.thread().interrupt();
            return updated;
        } finally {
            lock.unlock();
        }
    }

    /** Abandons a visit: its thread no longer belongs to the source. False if it has left. */
    boolean abandon(Visit visit) {
        lock.lock();
        try {
            if (!current.compareAndSet(visit, null)) {
                return false;
            }
            pass();
            if (visit.last()) {
                free();
            } else {
                visit.source().resume();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs an announcement on a separate thread as soon as no source holds the gate, that is between the lines of two
     * processes. It replaces a pending announcement of the same kind.
     *
     * @param wait maximum time to wait for its end
     */
    void announce(String kind, Runnable announcement, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            announcements.remove(kind);
            announcements.put(kind, announcement);
            if (!announcing) {
                announcing = true;
                new Announcer().start();
            }
            long left = wait.toNanos();
            while (announcing && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs the pending announcements on a separate thread. */
    private final class Announcer implements Source, Runnable {

        private void start() {
            Thread thread = new Thread(this, "connector-status");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run() {
            Runnable next = next();
            while (next != null) {
                Visit visit = enter(this, null, millis.getAsLong());
                try {
                    next.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("announcement_failed: internal error", e);
                }
                if (!leave(visit)) {
                    return;
                }
                release(this);
                next = next();
            }
        }

        private Runnable next() {
            lock.lock();
            try {
                while (holder != null) {
                    changed.awaitUninterruptibly();
                }
                var waiting = announcements.entrySet().iterator();
                if (!waiting.hasNext()) {
                    announcing = false;
                    changed.signalAll();
                    return null;
                }
                Runnable next = waiting.next().getValue();
                waiting.remove();
                holder = this;
                return next;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void resume() {
            release(this);
            new Announcer().start();
        }
    }
}
