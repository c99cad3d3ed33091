package dev.livefeed.app.sink;

import dev.livefeed.app.queue.DropCounter;
import dev.livefeed.app.queue.DroppedEvents;
import dev.livefeed.app.queue.QueueSubject;
import dev.livefeed.app.state.FileFailure;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.status.Gap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The buffer of a sink. {@link #offer} only hands an event to the thread that writes it to the disk, so that a slow
 * disk delays no event of the feed; what is handed over is bounded. Events that find no room are announced as gaps in
 * front of the next event that is taken.
 */
public final class SinkBuffer {

    /** Most bytes of events that wait for the writing thread. */
    static final long MAX_HANDED_OVER = 8L * 1024 * 1024;

    /** Pause of the writing thread after it has written: to wake it for each event would cost the feed 10 µs. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_BATCH_BYTES = 1024 * 1024;
    private static final long CLOSE_MILLIS = 3_000;
    private static final String DELETED = "the folder of the buffer was deleted";
    private static final String DAMAGED = "stored events could not be read again";
    private static final long MAX_REFUSED_BYTES = 64L * 1024 * 1024;

    private record Entry(SinkEvent event, SinkLosses lostBefore) {}

    private final String name;
    private final Path folder;
    private final DiskLimits limits;
    private final Function<Event, byte[]> lines;
    private final RefusedFile refusedFile;
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition offered = lock.newCondition();
    private final Condition stored = lock.newCondition();

    // Guarded by the lock.
    private Queue<Entry> handedOver = new ArrayDeque<>();
    private long handedOverBytes;
    private int handedOverEvents;
    private SinkLosses overflow = new SinkLosses();
    private DropCounter ongoingLoss;
    private DroppedEvents lastLoss;
    private String lossReason;
    private boolean idle;
    private boolean closed;

    private final Semaphore reading = new Semaphore(1);
    private volatile Set<String> types = Set.of();
    private volatile DiskQueue queue;
    private volatile long taken;
    private volatile long delivered;
    private volatile long lost;

    private volatile Instant diskFailingSince;
    private volatile String diskFailure;
    private volatile Instant unreadableSince;
    private volatile String readFailure;
    private volatile Instant deliveryStartedAt;
    private volatile Supplier<String> deliveryFailure = () -> null;
    private volatile Instant failingSince;
    private volatile String lastFailure;
    private volatile long refused;
    private volatile Instant refusedAt;
    private volatile String refusal;

    // Of the writing thread only.
    private final SinkLosses unannounced = new SinkLosses();
    private long lastTick = System.nanoTime();
    private long retryAt = lastTick;
    private long reportedDamage;

    /** @param lines writes events, here the gaps of this buffer, as lines without a line end */
    SinkBuffer(String name, Path folder, DiskLimits limits, Function<Event, byte[]> lines) {
        this.name = name;
        this.folder = folder;
        this.limits = limits;
        this.lines = lines;
        refusedFile = new RefusedFile(folder, MAX_REFUSED_BYTES);
        writer = new Thread(this::write, "sink-" + name);
        writer.setDaemon(true);
    }

    /** Opens the files on the calling thread, so that the backlog is known, and starts the writing thread. */
    void start() {
        reopen();
        writer.start();
    }

    public String name() {
        return name;
    }

    void types(Set<String> wanted) {
        types = Set.copyOf(wanted);
    }

    boolean wants(String type) {
        return types.contains(type);
    }

    /** Makes the calling route the one that reads it; false if another one still does after that time. */
    public boolean claim(long millis) throws InterruptedException {
        return reading.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    /** Lets another route read it. */
    public void release() {
        reading.release();
    }

    /** Hands an event over to be stored. Never waits for the disk. */
    void offer(SinkEvent event) {
        lock.lock();
        try {
            if (closed || handedOverBytes + event.memory() > MAX_HANDED_OVER) {
                overflow.add(event);
                lose(event, closed ? "the application is stopping" : "the disk is too slow");
                return;
            }
            SinkLosses before = null;
            if (!overflow.isEmpty()) {
                before = overflow;
                overflow = new SinkLosses();
            }
            handedOver.add(new Entry(event, before));
            handedOverBytes += event.memory();
            handedOverEvents++;
            if (idle) {
                idle = false;
                offered.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void lose(SinkEvent event, String reason) {
        String symbol = event.category() == null || event.symbol() == null
                ? event.symbol()
                : event.category() + ':' + event.symbol();
        lose(new QueueSubject(symbol, event.timestampMicros()), 1, reason);
    }

    private void lose(QueueSubject subject, long count, String reason) {
        lock.lock();
        try {
            lost += count;
            lossReason = reason;
            if (ongoingLoss == null) {
                ongoingLoss = new DropCounter();
            }
            ongoingLoss.add(subject, count, Instant.now());
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        boolean end = false;
        while (!end) {
            Queue<Entry> entries = await();
            end = entries == null;
            if (!end) {
                entries.forEach(this::write);
                signalStored(entries);
                if (!entries.isEmpty()) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            if (end || System.nanoTime() - lastTick >= TICK_NANOS) {
                lastTick = System.nanoTime();
                tick(end);
            }
        }
    }

    /** What was handed over, empty if that is nothing for a while; null at the end. */
    private Queue<Entry> await() {
        lock.lock();
        try {
            long left = lastTick + TICK_NANOS - System.nanoTime();
            while (handedOver.isEmpty() && !closed && left > 0) {
                idle = true;
                left = offered.awaitNanos(left);
            }
            idle = false;
            if (handedOver.isEmpty()) {
                return closed ? null : new ArrayDeque<>();
            }
            Queue<Entry> entries = handedOver;
            handedOver = new ArrayDeque<>();
            return entries;
        } catch (InterruptedException e) {
            return new ArrayDeque<>(); // nothing here interrupts it
        } finally {
            lock.unlock();
        }
    }

    private void signalStored(Queue<Entry> entries) {
        long bytes = entries.stream().mapToLong(entry -> entry.event.memory()).sum();
        lock.lock();
        try {
            handedOverBytes -= bytes;
            handedOverEvents -= entries.size();
            stored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void write(Entry entry) {
        if (entry.lostBefore != null) {
            unannounced.add(entry.lostBefore);
        }
        try {
            if (ready() && announce(entry.event.line().length) && queue.append(entry.event.line(), now())) {
                taken++;
                return;
            }
        } catch (IOException | RuntimeException e) {
            diskFailed(e);
        }
        unannounced.add(entry.event);
        lose(entry.event, whyNot());
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    /** Whether the disk can be tried: after a failure, once a second. */
    private boolean ready() {
        return queue != null && (diskFailingSince == null || System.nanoTime() - retryAt >= 0);
    }

    private String whyNot() {
        if (diskFailure != null) {
            return "the disk fails: " + diskFailure;
        }
        DiskQueue files = queue;
        return files != null && files.spaceLow()
                ? "the disk has less than SINK_DISK_RESERVE_MB left"
                : "the buffer was full (SINK_BUFFER_MB)";
    }

    /** Stores the gaps if there are any; false if there is no room for them and the next line. */
    private boolean announce(int next) throws IOException {
        if (unannounced.isEmpty()) {
            return true;
        }
        if (!queue.hasRoom(StoredLine.HEAD + next + unannounced.mostBytes())) {
            return false;
        }
        storeGaps(unannounced.gaps(name, lossReason));
        return true;
    }

    private void storeGaps(List<Gap> gaps) throws IOException {
        for (Gap gap : gaps) {
            queue.store(lines.apply(gap), now());
            unannounced.removeFirst(); // so that none is stored twice if the next one fails
        }
        diskWorks();
        lock.lock();
        try {
            if (ongoingLoss != null && overflow.isEmpty()) {
                lastLoss = ongoingLoss.loss();
                ongoingLoss = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void tick(boolean end) {
        try {
            abandonDeleted();
            reopen();
            if (queue == null) {
                return;
            }
            queue.checkFile();
            queue.checkSpace();
            takeOverflow();
            if (queue.damaged() > reportedDamage) {
                unannounced.add(queue.damaged() - reportedDamage, DAMAGED);
                reportedDamage = queue.damaged();
            }
            if (end && !unannounced.isEmpty()) {
                storeGaps(unannounced.gaps(name, lossReason));
            } else if (announce(0)) {
                signalStored(new ArrayDeque<>());
            }
            queue.force();
            diskWorks();
        } catch (IOException | RuntimeException e) {
            diskFailed(e);
        } finally {
            if (end) {
                close(queue);
            }
        }
    }

    /** Announces a loss after which no event has come yet. */
    private void takeOverflow() {
        lock.lock();
        try {
            if (handedOver.isEmpty() && !overflow.isEmpty()) {
                unannounced.add(overflow);
                overflow = new SinkLosses();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Without its folder, nothing that is stored would be found by the next run. */
    private void abandonDeleted() {
        DiskQueue files = queue;
        if (files == null || files.isValid()) {
            return;
        }
        long waiting = files.waiting();
        queue = null;
        close(files);
        reportedDamage = 0;
        if (waiting > 0) {
            unannounced.add(waiting, DELETED);
            lose(new QueueSubject(null, -1), waiting, DELETED);
        }
    }

    private void reopen() {
        if (queue != null) {
            return;
        }
        try {
            DiskQueue opened = DiskQueue.open(folder, limits);
            queue = opened;
            diskWorks();
            read(opened, 1, 1); // tells the age of the backlog
        } catch (IOException e) {
            diskFailed(e);
        }
    }

    private void close(DiskQueue files) {
        try {
            if (files != null) {
                files.close();
            }
        } catch (IOException e) {
            diskFailed(e);
        }
    }

    private void diskWorks() {
        diskFailingSince = null;
        diskFailure = null;
    }

    private void diskFailed(Exception failure) {
        diskFailure = FileFailure.text(failure);
        if (diskFailingSince == null) {
            diskFailingSince = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }
        retryAt = System.nanoTime() + TICK_NANOS;
    }

    /**
     * Returns the oldest undelivered lines, again and again until they are {@link #delivered}.
     *
     * @param maxWaitMillis how long lines may wait for more of them to come
     * @param timeoutMillis how long to wait for the first
     * @return null if there is none in time
     */
    public LineBatch read(int mostLines, long maxWaitMillis, long timeoutMillis) throws InterruptedException {
        if (!awaitLines(1, timeoutMillis)) {
            return null;
        }
        DiskQueue files = queue;
        if (files == null) {
            return null;
        }
        long age = files.oldestMillis() < 0 ? 0 : now() - files.oldestMillis();
        if (maxWaitMillis > age) {
            awaitLines(mostLines, maxWaitMillis - Math.max(0, age));
        }
        LineBatch lines = read(files, mostLines, MAX_BATCH_BYTES);
        if (lines == null) {
            TimeUnit.MILLISECONDS.sleep(timeoutMillis);
        }
        return lines;
    }

    /** The oldest lines; null if they cannot be read. New ones are stored all the same. */
    private LineBatch read(DiskQueue files, int mostLines, long mostBytes) {
        try {
            LineBatch lines = files.read(name, mostLines, mostBytes);
            unreadableSince = null;
            return lines;
        } catch (IOException e) {
            unreadable(e);
            return null;
        }
    }

    private void unreadable(IOException failure) {
        readFailure = FileFailure.text(failure);
        if (unreadableSince == null) {
            unreadableSince = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private boolean awaitLines(int count, long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lockInterruptibly();
        try {
            for (DiskQueue files = queue; files == null || files.waiting() < count; files = queue) {
                if (left <= 0 || closed) {
                    return false;
                }
                left = stored.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A delivery begins; the reason of its last failed attempt, or null, is asked for by other threads. */
    public void delivering(Supplier<String> failure) {
        deliveryStartedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        deliveryFailure = failure;
    }

    /** The sink has taken the lines. */
    public void delivered(LineBatch batch) {
        deliveryFailure = () -> null;
        failingSince = null;
        delivered += batch.size();
        DiskQueue files = queue;
        try {
            if (files != null) {
                files.delivered(batch);
            }
        } catch (IOException e) {
            unreadable(e);
        }
    }

    /** The sink has not taken the lines; they are still the oldest. */
    public void failed(String reason) {
        deliveryFailure = () -> null;
        lastFailure = reason;
        if (failingSince == null) {
            failingSince = deliveryStartedAt;
        }
    }

    /** The sink has refused lines for good, and they were set aside; called by the route that reads this buffer. */
    void refused(long count, String reason) {
        refusal = reason;
        refusedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        refused += count;
    }

    /** Keeps a line that the sink has refused for good; called by the route that reads this buffer. */
    boolean setAside(LineBatch line, String reason) throws IOException {
        return refusedFile.add(line, reason);
    }

    /** A snapshot. */
    SinkView view(boolean fed) {
        String failure = deliveryFailure.get();
        if (failure != null) {
            lastFailure = failure;
            if (failingSince == null) {
                failingSince = deliveryStartedAt;
            }
        }
        DiskQueue files = queue;
        lock.lock();
        try {
            long waiting = handedOverEvents + (files == null ? 0 : files.waiting());
            long oldest = files == null ? -1 : files.oldestMillis();
            return new SinkView(
                    name,
                    types.stream().sorted().toList(),
                    new SinkView.Waiting(
                            waiting,
                            files == null ? 0 : files.bytes(),
                            limits.bytes(),
                            oldest < 0 ? 0 : Math.max(0, now() - oldest)),
                    new SinkView.Counters(
                            taken,
                            delivered,
                            lost,
                            files == null ? 0 : files.damaged(),
                            refused,
                            files == null ? 0 : files.delivered()),
                    new SinkView.Losses(
                            ongoingLoss != null, ongoingLoss == null ? lastLoss : ongoingLoss.loss(), lossReason),
                    failures(),
                    reading.availablePermits() == 0,
                    fed);
        } finally {
            lock.unlock();
        }
    }

    private SinkView.Failures failures() {
        Instant writing = diskFailingSince;
        return writing != null
                ? failures(writing, "events are lost: " + diskFailure)
                : failures(unreadableSince, unreadableSince == null ? null : "events cannot be read: " + readFailure);
    }

    private SinkView.Failures failures(Instant diskSince, String disk) {
        return new SinkView.Failures(failingSince, lastFailure, diskSince, disk, refusedAt, refusal);
    }

    /** Stores what was handed over and closes the files. */
    void close() {
        lock.lock();
        try {
            closed = true;
            offered.signal();
            stored.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
