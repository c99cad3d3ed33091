package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.logging.SuppressedLines;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A flood is partly logged and otherwise counted; the newest lines are always kept. */
class StderrTailTest {

    private final List<String> log = new ArrayList<>();
    private final AtomicInteger redacted = new AtomicInteger();

    private StderrTail read(String text) throws InterruptedException {
        StderrTail tail = new StderrTail(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                () -> true,
                line -> {
                    redacted.incrementAndGet();
                    return line.replace("hush-hush", "***");
                },
                log::add);
        tail.start();
        tail.await(10_000);
        return tail;
    }

    @Test
    void differentLines() throws Exception {
        long before = SuppressedLines.STDERR.count();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 100_000; i++) {
            text.append("line ").append(i).append(" hush-hush\n");
        }
        StderrTail tail = read(text.toString());

        assertThat(log).hasSizeBetween(201, 400).startsWith("line 1 ***", "line 2 ***");
        long leftOut = log.stream()
                .filter(line -> line.startsWith("connector_stderr_left_out"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*count=(\\d+):.*", "$1")))
                .sum();
        long told = log.stream().filter(line -> line.startsWith("line ")).count();
        assertThat(leftOut + told).isEqualTo(100_000);
        assertThat(SuppressedLines.STDERR.count() - before).isEqualTo(leftOut);
        assertThat(redacted.get()).as("work for lines that nobody sees").isLessThan(400);
        assertThat(tail.lastLines()).hasSize(20).startsWith("line 99981 ***").endsWith("line 100000 ***");
    }

    @Test
    void repeatedLine() throws Exception {
        StderrTail tail = read("y\n".repeat(10_000) + "end");

        assertThat(log).hasSizeBetween(3, 5).startsWith("y").contains("end");
        assertThat(tail.lastLines()).hasSize(20).endsWith("y", "end");
    }

    @Test
    void lineWithoutALineEndIsLoggedWhenItsWriterIsQuiet() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Process writer = new ProcessBuilder("sh", "-c", "printf 'password: ' >&2; exec cat")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            StderrTail tail = new StderrTail(
                    writer.getErrorStream(), () -> !writer.isAlive(), UnaryOperator.identity(), lines::add);
            tail.start();
            await().untilAsserted(() -> assertThat(lines).containsExactly("password: "));
            assertThat(writer.isAlive()).isTrue();
            writer.getOutputStream().close();
            tail.await(10_000);
            assertThat(lines).hasSize(1);
        } finally {
            writer.destroyForcibly();
        }
    }

    @Test
    void longLineIsLoggedOnce() throws Exception {
        read("a".repeat(3_000_000));

        assertThat(log).singleElement().asString().endsWith("… (3000000 bytes)");
    }
}
