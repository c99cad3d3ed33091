package dev.livefeed.bench;

import dev.livefeed.bench.ProbeFile.Counter;
import java.util.concurrent.TimeUnit;

/**
 * What became of the whole feed of a run, from its first to its last frame.
 *
 * @param tradesLost trades that were sent and did not arrive
 * @param tradesReported trades that the program reported as lost
 * @param updatesMissing book updates that no event at the probe represents
 * @param faults events that are repeated or do not continue the previous one, and trades that were missing before they
 *     were reported
 */
record Delivery(long tradesLost, long tradesReported, long updatesMissing, long faults) {

    static final Delivery NONE = new Delivery(0, 0, 0, 0);

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Ends the feed and waits until what is still on its way has arrived, or does not arrive any more. */
    static Delivery endOf(FeedServer server, ProbeFile probe) throws InterruptedException {
        Sent sent = server.stop();
        long end = System.nanoTime() + LIMIT_NANOS;
        Delivery delivery = between(sent, probe);
        while (!delivery.isComplete() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
            delivery = between(sent, probe);
        }
        return delivery;
    }

    private static Delivery between(Sent sent, ProbeFile probe) {
        return new Delivery(
                sent.trades() - probe.get(Counter.TRADES),
                probe.get(Counter.REPORTED),
                sent.updates() - probe.get(Counter.UPDATES),
                probe.get(Counter.FAULTS));
    }

    /** Whether every trade arrived once or was reported as lost, and every book is that of the feed. */
    boolean isComplete() {
        return tradesLost == tradesReported && updatesMissing == 0 && faults == 0;
    }

    Delivery and(Delivery other) {
        return new Delivery(
                tradesLost + other.tradesLost,
                tradesReported + other.tradesReported,
                updatesMissing + other.updatesMissing,
                faults + other.faults);
    }

    @Override
    public String toString() {
        return String.format(
                "trades lost %,d, reported %,d; book updates missing %,d; faults %,d",
                tradesLost, tradesReported, updatesMissing, faults);
    }
}
