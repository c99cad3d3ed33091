package dev.livefeed.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FootprintTest {

    @Test
    void aHeapThatHasGrownIsBroughtBackUnderLoad() throws Exception {
        assumeThat(ManagementFactory.getGarbageCollectorMXBeans())
                .extracting(GarbageCollectorMXBean::getName)
                .anyMatch(name -> name.startsWith("G1"));
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GrownHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            boolean ended = program.waitFor(150, TimeUnit.SECONDS);
            if (!ended) {
                program.destroyForcibly();
            }
            String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(ended).as(said).isTrue();
            assertThat(said).contains("grown to", "back at");
        } finally {
            program.destroyForcibly();
        }
    }
}
