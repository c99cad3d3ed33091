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
 * Lets one speaker at a time into the routes, and of it one line at a time, and knows which line is inside since
 * when. A speaker is a process's output or an announcement about it; the lines of one never mix with those of the
 * next.
 *
 * <p>A line that enters and leaves costs two compare-and-sets. All else takes the lock and happens only when a line
 * does not leave.
 */
public final class LineGate {

    private static final Logger LOG = LoggerFactory.getLogger(LineGate.class);
    private static final long LOOK_NANOS = 100_000_000;

    /** Has the turn until it releases it. */
    interface Speaker {

        /** The thread that was inside has been abandoned: another one must speak from now on, or nobody. */
        void goOn();
    }

    /**
     * A line, or an announcement, that is inside.
     *
     * @param line null for an announcement
     * @param origin the visit as it entered
     * @param last whether its speaker is done as soon as it leaves
     */
    public record Visit(Speaker speaker, Thread thread, byte[] line, long since, Visit origin, boolean last) {

        private boolean isThe(Visit entered) {
            return this == entered || origin == entered;
        }

        private Visit marked(boolean asLast) {
            return new Visit(speaker, thread, line, since, origin == null ? this : origin, asLast);
        }
    }

    private final LongSupplier millis;
    private final AtomicReference<Visit> inside = new AtomicReference<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** By kind, so that there are few however long the turn is not free. */
    private final Map<String, Runnable> announcements = new LinkedHashMap<>();

    private boolean announcing;
    private volatile Speaker holder;

    /** @param millis a clock that never goes back, milliseconds */
    LineGate(LongSupplier millis) {
        this.millis = millis;
    }

    /** Waits for the turn, for as long as it is wanted. */
    boolean take(Speaker speaker, BooleanSupplier wanted) throws InterruptedException {
        lock.lock();
        try {
            while (holder != null || announcing) {
                if (!wanted.getAsBoolean()) {
                    return false;
                }
                changed.awaitNanos(LOOK_NANOS);
            }
            if (!wanted.getAsBoolean()) {
                return false;
            }
            holder = speaker;
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean has(Speaker speaker) {
        return holder == speaker;
    }

    /**
     * A line goes in.
     *
     * @return null where the speaker has no turn any more
     */
    Visit enter(Speaker speaker, byte[] line, long now) {
        Visit visit = new Visit(speaker, Thread.currentThread(), line, now, null, false);
        while (!inside.compareAndSet(null, visit)) {
            if (holder != speaker) {
                return null;
            }
            Thread.onSpinWait();
        }
        if (holder != speaker) {
            leave(visit);
            return null;
        }
        return visit;
    }

    /** The line is out again; false where the thread has to end, since another one goes on or nobody. */
    boolean leave(Visit visit) {
        return inside.compareAndSet(visit, null) || leaveMarked(visit);
    }

    private boolean leaveMarked(Visit visit) {
        lock.lock();
        try {
            Visit now = inside.get();
            if (now == null || !now.isThe(visit)) {
                return false; // abandoned
            }
            Thread.interrupted(); // it was meant for the line, not for the thread
            inside.set(null);
            if (now.last()) {
                free();
            }
            return !now.last();
        } finally {
            lock.unlock();
        }
    }

    /** The speaker is done. */
    void release(Speaker speaker) {
        lock.lock();
        try {
            if (holder == speaker) {
                free();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nothing more of this speaker goes in; a line of it that is inside keeps the turn until it leaves.
     *
     * @return whether one is
     */
    boolean end(Speaker speaker) {
        lock.lock();
        try {
            if (holder != speaker) {
                return false;
            }
            holder = null;
            Visit visit = inside.get();
            if (visit != null && visit.speaker() == speaker && inside.compareAndSet(visit, visit.marked(true))) {
                holder = speaker;
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

    /** What is inside, or null. */
    public Visit inside() {
        return inside.get();
    }

    /** For how long the same line has been inside, in milliseconds; 0 where none is. */
    public long insideMillis() {
        Visit visit = inside.get();
        return visit == null ? 0 : Math.max(0, millis.getAsLong() - visit.since());
    }

    /**
     * Interrupts the thread that is inside with this visit; returns the visit as it is called from now on, or null
     * where it has left.
     */
    Visit interrupt(Visit visit) {
        lock.lock();
        try {
            Visit marked = visit.marked(visit.last());
            if (!inside.compareAndSet(visit, marked)) {
                return null;
            }
            marked.thread().interrupt();
            return marked;
        } finally {
            lock.unlock();
        }
    }

    /** Waits no longer for this visit: its thread has no say from now on. False where it has left. */
    boolean abandon(Visit visit) {
        lock.lock();
        try {
            if (!inside.compareAndSet(visit, null)) {
                return false;
            }
            if (visit.last()) {
                free();
            } else {
                visit.speaker().goOn();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has something said between the lines of one process and those of the next, as soon as nobody else speaks. A newer
     * announcement of a kind replaces one that still waits.
     *
     * @param wait for it to have been said, at most
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

    /** Says what is to be announced, on a thread of its own. */
    private final class Announcer implements Speaker, Runnable {

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
                    LOG.error("what happened to the connector could not be announced", e);
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
        public void goOn() {
            release(this);
            new Announcer().start();
        }
    }
}
