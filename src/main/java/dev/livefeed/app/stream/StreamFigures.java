package dev.livefeed.app.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts of the stream, for health and metrics. */
public final class StreamFigures {

    private final AtomicInteger clients = new AtomicInteger();
    private final LongAdder joined = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder conflated = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder silent = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder badCommands = new LongAdder();

    public StreamFigures() {}

    /** Takes one of so many places; false where all are taken. */
    boolean enter(int most) {
        int before = clients.getAndUpdate(n -> n < most ? n + 1 : n);
        if (before < most) {
            joined.increment();
            return true;
        }
        return false;
    }

    void left() {
        clients.decrementAndGet();
    }

    void wasRefused() {
        refused.increment();
    }

    void wasSent() {
        sent.increment();
    }

    void wasLost(long count) {
        lost.add(count);
    }

    void wasConflated() {
        conflated.increment();
    }

    void wasSlow() {
        slow.increment();
    }

    void wasSilent() {
        silent.increment();
    }

    void command(boolean good) {
        (good ? commands : badCommands).increment();
    }

    /** Clients that are connected. */
    public int clients() {
        return clients.get();
    }

    /** Clients that were let in since the start. */
    public long joined() {
        return joined.sum();
    }

    /** Attempts that were turned away: Origin, query, number. */
    public long refused() {
        return refused.sum();
    }

    /** Messages handed to clients. */
    public long sent() {
        return sent.sum();
    }

    /** Messages that did not reach a client; each client was told of its own. */
    public long lost() {
        return lost.sum();
    }

    /** Books whose changes became one snapshot for a slow client. */
    public long conflated() {
        return conflated.sum();
    }

    /** Clients closed since they were too slow for too long. */
    public long slow() {
        return slow.sum();
    }

    /** Clients closed since they answered no ping. */
    public long silent() {
        return silent.sum();
    }

    /** Commands that were followed. */
    public long commands() {
        return commands.sum();
    }

    /** Commands that were refused. */
    public long badCommands() {
        return badCommands.sum();
    }
}
