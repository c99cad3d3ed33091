package dev.livefeed.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTest {

    private static final long MIB = 1L << 20;
    private static final int ARRAY = 100_000;
    private static final int ARRAYS = 5_000;

    /** Where the garbage goes, so that it is really made. */
    private volatile byte[] last;

    @Test
    void aHeapThatHasGrownIsBroughtBackUnderLoad() {
        assumeThat(ManagementFactory.getGarbageCollectorMXBeans())
                .extracting(GarbageCollectorMXBean::getName)
                .anyMatch(name -> name.startsWith("G1"));
        assumeThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .noneMatch(option -> option.startsWith("-Xm"));
        Footprint.keepSmall();
        List<byte[]> held = new ArrayList<>();
        for (int i = 0; i < ARRAYS; i++) {
            held.add(new byte[ARRAY]);
        }
        long grown = committed();
        assertThat(grown).isGreaterThan(400 * MIB);

        held.clear();

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    for (int i = 0; i < 100; i++) {
                        last = new byte[ARRAY];
                    }
                    return committed() < grown / 2;
                });
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }
}
