package dev.livefeed.app.queue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A bounded queue whose events stay counted until they are delivered; an event whose delivery is given up returns to
 * its place. Counts accepted, delivered and lost events. The bound can be changed while in use; events beyond a smaller
 * bound stay.
 */
public final class BoundedQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {

    private final String name;
    private final Function<? super E, QueueSubject> subjects;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Deque<QueueDelivery<E>> waiting = new ArrayDeque<>();
    private final List<QueueDelivery<E>> inDelivery = new ArrayList<>();
    private int capacity;
    private int readers;
    private int senders;
    private long taken;
    private long delivered;
    private long failed;
    private Instant failedAt;
    private long dropped;
    private long refused;
    private DropCounter ongoingLoss;
    private DroppedEvents lastLoss;
    private String lastFailure;

    BoundedQueue(String name, int capacity, Function<? super E, QueueSubject> subjects) {
        this.name = name;
        this.capacity = capacity;
        this.subjects = subjects;
    }

    public String name() {
        return name;
    }

    /** Changes the bound. */
    void resize(int newCapacity) {
        lock.lock();
        try {
            capacity = newCapacity;
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int capacity() {
        lock.lock();
        try {
            return capacity;
        } finally {
            lock.unlock();
        }
    }

    /** Adds ({@code 1}) or removes ({@code -1}) a reading thread. */
    public void readers(int change) {
        lock.lock();
        try {
            readers += change;
        } finally {
            lock.unlock();
        }
    }

    /** Adds ({@code 1}) or removes ({@code -1}) a route step that sends to the queue. */
    public void senders(int change) {
        lock.lock();
        try {
            senders += change;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a route reads it or sends to it, or it holds events. */
    boolean used() {
        lock.lock();
        try {
            return readers > 0 || senders > 0 || !waiting.isEmpty() || !inDelivery.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** A consistent snapshot. */
    public QueueView view() {
        lock.lock();
        try {
            endLoss();
            long oldest = Long.MAX_VALUE;
            Instant failingSince = null;
            String failure = lastFailure;
            for (QueueDelivery<E> delivery : inDelivery) {
                oldest = Math.min(oldest, delivery.takenNanos);
                String why = delivery.failure();
                if (why != null && (failingSince == null || delivery.startedAt().isBefore(failingSince))) {
                    failingSince = delivery.startedAt();
                    failure = lastFailure = why;
                }
            }
            if (!waiting.isEmpty()) {
                oldest = Math.min(oldest, waiting.peekFirst().takenNanos);
            }
            return new QueueView(
                    name,
                    waiting.size() + inDelivery.size(),
                    capacity,
                    oldest == Long.MAX_VALUE ? 0 : (System.nanoTime() - oldest) / 1_000_000,
                    readers,
                    new QueueView.Counters(taken, delivered, failed, dropped, refused),
                    new QueueView.Losses(ongoingLoss != null, ongoingLoss == null ? lastLoss : ongoingLoss.loss()),
                    new QueueView.Failures(failedAt, failingSince, failure));
        } finally {
            lock.unlock();
        }
    }

    /** A summary of the undelivered events; null if there are none. */
    DroppedEvents undeliveredEvents() {
        lock.lock();
        try {
            DropCounter undelivered = new DropCounter();
            Instant now = Instant.now();
            inDelivery.forEach(delivery -> undelivered.add(subjects.apply(delivery.event()), now));
            waiting.forEach(delivery -> undelivered.add(subjects.apply(delivery.event()), now));
            return waiting.isEmpty() && inDelivery.isEmpty() ? null : undelivered.loss();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest event for delivery; null if none arrives in time. */
    public QueueDelivery<E> lend(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                if (nanos <= 0) {
                    return null;
                }
                nanos = notEmpty.awaitNanos(nanos);
            }
            QueueDelivery<E> delivery = waiting.pollFirst();
            delivery.started(Instant.now().truncatedTo(ChronoUnit.MILLIS));
            inDelivery.add(delivery);
            return delivery;
        } finally {
            lock.unlock();
        }
    }

    void complete(QueueDelivery<E> delivery, String failure) {
        lock.lock();
        try {
            if (!inDelivery.remove(delivery)
                    && !(failure == null && waiting.removeIf(other -> other.number == delivery.number))) {
                return;
            }
            if (failure == null) {
                delivered++;
            } else {
                failed++;
                failedAt = Instant.now();
                lastFailure = failure;
            }
            signalNotFull();
        } finally {
            lock.unlock();
        }
    }

    void takeBack(QueueDelivery<E> delivery) {
        lock.lock();
        try {
            if (!inDelivery.remove(delivery)) {
                return;
            }
            Deque<QueueDelivery<E>> older = new ArrayDeque<>();
            while (!waiting.isEmpty() && waiting.peekFirst().number < delivery.number) {
                older.push(waiting.pollFirst());
            }
            waiting.addFirst(new QueueDelivery<>(this, delivery.event(), delivery.number, delivery.takenNanos));
            while (!older.isEmpty()) {
                waiting.addFirst(older.pop());
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Counts an event that was lost before it was accepted. */
    public void drop(E event) {
        lock.lock();
        try {
            dropped++;
            if (ongoingLoss == null) {
                ongoingLoss = new DropCounter();
            }
            ongoingLoss.add(subjects.apply(event), Instant.now());
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} If the queue is full, the event is counted as dropped. */
    @Override
    public boolean offer(E event) {
        lock.lock();
        try {
            if (full()) {
                drop(event);
                return false;
            }
            append(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} If the queue is full, the event is counted as refused, because the sender gets an exception. */
    @Override
    public boolean add(E event) {
        lock.lock();
        try {
            if (full()) {
                refused++;
                throw new IllegalStateException("queue " + name + " is full: it holds " + capacity
                        + " events; see queues in /ws/health, and discardWhenFull or a larger size in the guide");
            }
            append(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(E event) throws InterruptedException {
        lock.lock();
        try {
            while (full()) {
                notFull.await();
            }
            append(event);
        } catch (InterruptedException e) {
            drop(event);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} The event is counted as dropped if the timeout is 0, and as refused if the timeout has passed. */
    @Override
    public boolean offer(E event, long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        if (nanos <= 0) {
            return offer(event);
        }
        lock.lock();
        try {
            while (full()) {
                if (nanos <= 0) {
                    refused++;
                    return false;
                }
                nanos = notFull.awaitNanos(nanos);
            }
            append(event);
            return true;
        } catch (InterruptedException e) {
            drop(event);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public E take() throws InterruptedException {
        return confirm(lend(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
    }

    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return confirm(lend(timeout, unit));
    }

    @Override
    public E poll() {
        lock.lock();
        try {
            QueueDelivery<E> delivery = waiting.pollFirst();
            if (delivery != null) {
                inDelivery.add(delivery);
            }
            return confirm(delivery);
        } finally {
            lock.unlock();
        }
    }

    private E confirm(QueueDelivery<E> delivery) {
        if (delivery == null) {
            return null;
        }
        delivery.delivered();
        return delivery.event();
    }

    @Override
    public E peek() {
        lock.lock();
        try {
            return waiting.isEmpty() ? null : waiting.peekFirst().event();
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} A removed event is counted as refused, because the caller knows about it. */
    @Override
    public boolean remove(Object event) {
        lock.lock();
        try {
            boolean removed = waiting.removeIf(delivery -> delivery.event().equals(event));
            if (removed) {
                refused++;
                signalNotFull();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} The removed events are counted as dropped. */
    @Override
    public void clear() {
        lock.lock();
        try {
            while (!waiting.isEmpty()) {
                drop(waiting.pollFirst().event());
            }
            notFull.signalAll();
            endLoss();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int limit) {
        int count = 0;
        for (E event = null; count < limit && (event = poll()) != null; count++) {
            target.add(event);
        }
        return count;
    }

    @Override
    public int remainingCapacity() {
        lock.lock();
        try {
            return Math.max(0, capacity - waiting.size() - inDelivery.size());
        } finally {
            lock.unlock();
        }
    }

    /** Number of waiting events, without those in delivery. */
    @Override
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Iterates over a copy of the waiting events; removal is not supported. */
    @Override
    public Iterator<E> iterator() {
        lock.lock();
        try {
            return waiting.stream().map(QueueDelivery::event).toList().iterator();
        } finally {
            lock.unlock();
        }
    }

    private boolean full() {
        return waiting.size() + inDelivery.size() >= capacity;
    }

    private void append(E event) {
        taken++;
        waiting.addLast(new QueueDelivery<>(this, event, taken, System.nanoTime()));
        notEmpty.signal();
    }

    private void signalNotFull() {
        notFull.signal();
        endLoss();
    }

    /** A loss ends only when half of the queue is free, because a slightly slow sink keeps losing single events. */
    private void endLoss() {
        if (ongoingLoss != null && (waiting.size() + inDelivery.size()) * 2L <= capacity) {
            lastLoss = ongoingLoss.loss();
            ongoingLoss = null;
        }
    }
}
