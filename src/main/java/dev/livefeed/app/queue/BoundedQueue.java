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
 * A bounded queue that lends its events: one that is not delivered comes back to its place. Counts what is taken in,
 * delivered and lost. Its bound can be changed while it is used; events beyond a smaller one stay.
 */
public final class BoundedQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {

    private final String name;
    private final Function<? super E, QueueSubject> subjects;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<QueueDelivery<E>> waiting = new ArrayDeque<>();
    private final List<QueueDelivery<E>> lent = new ArrayList<>();
    private int capacity;
    private int readers;
    private int senders;
    private long taken;
    private long delivered;
    private long failed;
    private Instant failedAt;
    private long dropped;
    private long refused;
    private DropCounter losing;
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

    /** Events that are not yet delivered, those in delivery included. */
    public int undelivered() {
        lock.lock();
        try {
            return waiting.size() + lent.size();
        } finally {
            lock.unlock();
        }
    }

    /** Sets another bound. */
    void resize(int newCapacity) {
        lock.lock();
        try {
            capacity = newCapacity;
            room.signalAll();
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

    /** A thread begins ({@code 1}) or ceases ({@code -1}) to read. */
    public void readers(int change) {
        lock.lock();
        try {
            readers += change;
        } finally {
            lock.unlock();
        }
    }

    /** A step of a route that sends to it starts ({@code 1}) or stops ({@code -1}). */
    public void senders(int change) {
        lock.lock();
        try {
            senders += change;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a route reads it or sends to it, or events are in it. */
    boolean used() {
        lock.lock();
        try {
            return readers > 0 || senders > 0 || !waiting.isEmpty() || !lent.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Everything about it at one moment. */
    public QueueView view() {
        lock.lock();
        try {
            endLoss();
            long oldest = Long.MAX_VALUE;
            Instant failingSince = null;
            String failure = lastFailure;
            for (QueueDelivery<E> loan : lent) {
                oldest = Math.min(oldest, loan.takenNanos);
                String why = loan.failure();
                if (why != null && (failingSince == null || loan.lentAt().isBefore(failingSince))) {
                    failingSince = loan.lentAt();
                    failure = lastFailure = why;
                }
            }
            if (!waiting.isEmpty()) {
                oldest = Math.min(oldest, waiting.peekFirst().takenNanos);
            }
            return new QueueView(
                    name,
                    waiting.size() + lent.size(),
                    capacity,
                    oldest == Long.MAX_VALUE ? 0 : (System.nanoTime() - oldest) / 1_000_000,
                    taken,
                    delivered,
                    failed,
                    failedAt,
                    dropped,
                    refused,
                    readers,
                    losing != null,
                    losing == null ? lastLoss : losing.loss(),
                    failingSince,
                    failure);
        } finally {
            lock.unlock();
        }
    }

    /** The events that are not delivered, as one account; null where there are none. */
    DroppedEvents undeliveredAccount() {
        lock.lock();
        try {
            DropCounter account = new DropCounter();
            Instant now = Instant.now();
            lent.forEach(loan -> account.add(subjects.apply(loan.event()), now));
            waiting.forEach(loan -> account.add(subjects.apply(loan.event()), now));
            return waiting.isEmpty() && lent.isEmpty() ? null : account.loss();
        } finally {
            lock.unlock();
        }
    }

    /** Lends the oldest event; null where none comes within the time. */
    public QueueDelivery<E> lend(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                if (nanos <= 0) {
                    return null;
                }
                nanos = filled.awaitNanos(nanos);
            }
            QueueDelivery<E> loan = waiting.pollFirst();
            loan.lent(Instant.now().truncatedTo(ChronoUnit.MILLIS));
            lent.add(loan);
            return loan;
        } finally {
            lock.unlock();
        }
    }

    void settle(QueueDelivery<E> loan, String failure) {
        lock.lock();
        try {
            if (!lent.remove(loan) && !(failure == null && waiting.removeIf(other -> other.number == loan.number))) {
                return;
            }
            if (failure == null) {
                delivered++;
            } else {
                failed++;
                failedAt = Instant.now();
                lastFailure = failure;
            }
            roomMade();
        } finally {
            lock.unlock();
        }
    }

    void takeBack(QueueDelivery<E> loan) {
        lock.lock();
        try {
            if (!lent.remove(loan)) {
                return;
            }
            Deque<QueueDelivery<E>> older = new ArrayDeque<>();
            while (!waiting.isEmpty() && waiting.peekFirst().number < loan.number) {
                older.push(waiting.pollFirst());
            }
            waiting.addFirst(new QueueDelivery<>(this, loan.event(), loan.number, loan.takenNanos));
            while (!older.isEmpty()) {
                waiting.addFirst(older.pop());
            }
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Counts an event that was lost on its way in. */
    public void drop(E event) {
        lock.lock();
        try {
            dropped++;
            if (losing == null) {
                losing = new DropCounter();
            }
            losing.add(subjects.apply(event), Instant.now());
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} An event that finds no room is counted as dropped. */
    @Override
    public boolean offer(E event) {
        lock.lock();
        try {
            if (full()) {
                drop(event);
                return false;
            }
            enter(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} An event that finds no room is counted as refused: its sender hears of it. */
    @Override
    public boolean add(E event) {
        lock.lock();
        try {
            if (full()) {
                refused++;
                throw new IllegalStateException("queue " + name + " is full: it holds " + capacity
                        + " events; see queues in /ws/health, and discardWhenFull or a larger size in the guide");
            }
            enter(event);
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
                room.await();
            }
            enter(event);
        } catch (InterruptedException e) {
            drop(event);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} Counted as dropped where the time is 0, as refused where it has passed. */
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
                nanos = room.awaitNanos(nanos);
            }
            enter(event);
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
        return handOver(lend(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
    }

    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return handOver(lend(timeout, unit));
    }

    @Override
    public E poll() {
        lock.lock();
        try {
            QueueDelivery<E> loan = waiting.pollFirst();
            if (loan != null) {
                lent.add(loan);
            }
            return handOver(loan);
        } finally {
            lock.unlock();
        }
    }

    private E handOver(QueueDelivery<E> loan) {
        if (loan == null) {
            return null;
        }
        loan.delivered();
        return loan.event();
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

    /** {@inheritDoc} Who withdraws an event knows of it: it is counted as refused. */
    @Override
    public boolean remove(Object event) {
        lock.lock();
        try {
            boolean removed = waiting.removeIf(loan -> loan.event().equals(event));
            if (removed) {
                refused++;
                roomMade();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} They are counted as dropped. */
    @Override
    public void clear() {
        lock.lock();
        try {
            while (!waiting.isEmpty()) {
                drop(waiting.pollFirst().event());
            }
            room.signalAll();
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
    public int drainTo(Collection<? super E> target, int most) {
        int count = 0;
        for (E event = null; count < most && (event = poll()) != null; count++) {
            target.add(event);
        }
        return count;
    }

    @Override
    public int remainingCapacity() {
        lock.lock();
        try {
            return Math.max(0, capacity - waiting.size() - lent.size());
        } finally {
            lock.unlock();
        }
    }

    /** The events that wait; those in delivery are not among them. */
    @Override
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Over the events that wait at this moment; it cannot remove. */
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
        return waiting.size() + lent.size() >= capacity;
    }

    private void enter(E event) {
        taken++;
        waiting.addLast(new QueueDelivery<>(this, event, taken, System.nanoTime()));
        filled.signal();
    }

    private void roomMade() {
        room.signal();
        endLoss();
    }

    /**
     * A loss has ended only when half of the queue is free: a sink that is a little too slow loses one event now and
     * then.
     */
    private void endLoss() {
        if (losing != null && (waiting.size() + lent.size()) * 2L <= capacity) {
            lastLoss = losing.loss();
            losing = null;
        }
    }
}
