package dev.livefeed.app;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of its own, with the heap that {@code java} gives it: lets the heap grow, and ends when it has been brought back. */
public final class GrownHeap {

    private static final long MIB = 1L << 20;
    private static final int ARRAY = 100_000;
    private static final int ARRAYS = 5_000;

    /** Where the garbage goes, so that it is really made. */
    private static volatile byte[] last;

    private GrownHeap() {}

    public static void main(String[] args) throws InterruptedException {
        Footprint.keepSmall();
        List<byte[]> held = new ArrayList<>();
        for (int i = 0; i < ARRAYS; i++) {
            held.add(new byte[ARRAY]);
        }
        long grown = committed();
        System.out.println("grown to " + grown / MIB + " MiB");
        held.clear();
        while (committed() >= grown / 2) {
            for (int i = 0; i < 100; i++) {
                last = new byte[ARRAY];
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        System.out.println("back at " + committed() / MIB + " MiB");
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }
}
