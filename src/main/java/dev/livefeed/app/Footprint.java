package dev.livefeed.app;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap small without options on the command line.
 *
 * <p>{@code java -jar} sets no heap size. The JVM then begins with a 64th of the machine's memory, grows the heap further
 * while the first events are still interpreted and collecting them seems to take long, and gives nothing back under load.
 * But some of its options may be set while it runs: how much of the heap may stay free behind a full or a concurrent
 * collection, and after how long without a collection G1 begins a concurrent one. So there is a full collection (some
 * 40 ms) when the start is over, and a concurrent one (two pauses of a few ms) where the heap has grown far beyond what
 * lives in it; where that does not come about within seconds, a full one.
 *
 * <p>Does nothing where the heap or the collector was chosen on the command line, nor with another collector than G1.
 */
final class Footprint {

    private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

    private static final String MIN_FREE = "MinHeapFreeRatio";
    private static final String MAX_FREE = "MaxHeapFreeRatio";
    private static final String PERIOD = "G1PeriodicGCInterval";
    private static final String PERIODIC = "G1 Periodic Collection";

    /** Percent. With this the heap shrinks to some three times what is in use. */
    private static final int FREE = 70;

    /** Percent, at the start: a heap much smaller than the first load needs would only make it jump. */
    private static final int FREE_AT_START = 85;

    /** From here on a heap is brought back: what lives in it times {@link #LARGE_TIMES}, and {@link #LARGE_BEYOND}. */
    private static final long LARGE_BEYOND = 100L << 20;

    private static final long LARGE_TIMES = 4;

    /** From here on it is looked now and then whether all that counts as used still lives. */
    private static final long WORTH_A_LOOK = 300L << 20;

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int SOON_MILLIS = 50;

    private final HotSpotDiagnosticMXBean options;
    private boolean asked;
    private long askedAt = System.nanoTime() - BETWEEN_NANOS;

    private Footprint(HotSpotDiagnosticMXBean options) {
        this.options = options;
    }

    /** To be called once, when the start is over. */
    static void keepSmall() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (options == null || heapWasChosen()) {
            return;
        }
        Footprint footprint = new Footprint(options);
        try {
            footprint.afterStart();
        } catch (IllegalArgumentException e) {
            LOG.debug("this JVM's heap cannot be told how large to be", e);
            return;
        }
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, none) -> footprint.collected(notification), null, null);
            }
        }
    }

    private static boolean heapWasChosen() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(option -> option.startsWith("-Xm")
                        || option.contains("HeapSize")
                        || option.contains("RAMPercentage")
                        || (option.startsWith("-XX:+Use") && option.endsWith("GC")));
    }

    private void afterStart() {
        set(PERIOD, 0);
        set(MIN_FREE, 0);
        set(MAX_FREE, FREE_AT_START);
        set(MIN_FREE, FREE_AT_START - 3);
        System.gc();
        set(MIN_FREE, 0);
        set(MAX_FREE, FREE);
    }

    /** Once for each collection, on the JVM's thread for such news. */
    private synchronized void collected(Notification notification) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        var collection = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        if (asked) {
            if (collection.getGcCause().equals(PERIODIC)) {
                asked = false;
                set(PERIOD, 0);
            } else if (System.nanoTime() - askedAt > PATIENCE_NANOS) {
                // Collections that follow each other closely leave it no time to begin a concurrent one.
                asked = false;
                set(PERIOD, 0);
                System.gc();
            }
            return;
        }
        long used = 0;
        long size = 0;
        for (Map.Entry<String, MemoryUsage> pool :
                collection.getGcInfo().getMemoryUsageAfterGc().entrySet()) {
            if (pool.getKey().startsWith("G1 ")) {
                used += pool.getValue().getUsed();
                size += pool.getValue().getCommitted();
            }
        }
        long since = System.nanoTime() - askedAt;
        boolean large = size > used * LARGE_TIMES + LARGE_BEYOND && since > BETWEEN_NANOS;
        // What counts as used may have died long ago, but only a concurrent collection would tell.
        boolean perhaps = size > WORTH_A_LOOK && since > BETWEEN_LOOKS_NANOS;
        if (large || perhaps) {
            asked = true;
            askedAt = System.nanoTime();
            set(PERIOD, SOON_MILLIS);
        }
    }

    private void set(String option, int value) {
        options.setVMOption(option, Integer.toString(value));
    }
}
