package dev.livefeed.app.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counters of the stream. Read by health and metrics. */
public final class StreamFigures {

    private final AtomicInteger clients = new AtomicInteger();
    private final LongAdder joined = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder conflated = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder silent = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder badCommands = new LongAdder();

    public StreamFigures() {}

    /** Takes one of a number of client slots; false if none is free. */
    boolean enter(int limit) {
        int before = clients.getAndUpdate(n -> n < limit ? n + 1 : n);
        if (before < limit) {
            joined.increment();
            return true;
        }
        full.increment();
        return false;
    }

    void left() {
        clients.decrementAndGet();
    }

    void countRefused() {
        refused.increment();
    }

    void countSent() {
        sent.increment();
    }

    void countLost(long count) {
        lost.add(count);
    }

    void countConflated() {
        conflated.increment();
    }

    void countSlow() {
        slow.increment();
    }

    void countSilent() {
        silent.increment();
    }

    void command(boolean good) {
        (good ? commands : badCommands).increment();
    }

    /** Connected clients. */
    public int clients() {
        return clients.get();
    }

    /** Clients accepted since the start. */
    public long joined() {
        return joined.sum();
    }

    /** Refused connection attempts: wrong Origin, invalid query or too many clients. */
    public long refused() {
        return refused.sum();
    }

    /** Connection attempts that found all slots taken. */
    public long full() {
        return full.sum();
    }

    /** Messages sent to clients. */
    public long sent() {
        return sent.sum();
    }

    /** Messages that were not delivered to a client; each client was told about its own. */
    public long lost() {
        return lost.sum();
    }

    /** Books whose updates were replaced by one snapshot for a slow client. */
    public long conflated() {
        return conflated.sum();
    }

    /** Clients closed because they were too slow for too long. */
    public long slow() {
        return slow.sum();
    }

    /** Clients closed because they did not answer pings. */
    public long silent() {
        return silent.sum();
    }

    /** Commands that were carried out. */
    public long commands() {
        return commands.sum();
    }

    /** Commands that were refused. */
    public long badCommands() {
        return badCommands.sum();
    }
}
