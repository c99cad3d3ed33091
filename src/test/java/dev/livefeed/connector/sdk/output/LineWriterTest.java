package dev.livefeed.connector.sdk.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.protocol.status.Statuses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LineWriterTest {

    private static final int FULL_AT = 256 * 1024;
    private static final String FILLING = "x".repeat(300);

    private final SlowChannel channel = new SlowChannel();
    private final AtomicInteger drained = new AtomicInteger();
    private final AtomicReference<IOException> lost = new AtomicReference<>();
    private final LineWriter writer = new LineWriter(channel, FULL_AT, new LineWriter.Listener() {
        @Override
        public void drained() {
            drained.incrementAndGet();
        }

        @Override
        public void lost(IOException e) {
            lost.set(e);
        }
    });

    private int written;

    @Test
    void slowReaderGetsAllLinesInOrder() throws InterruptedException {
        Thread thread = new Thread(writer, "events");
        thread.start();
        int waiting = 0;
        // Single lines and batches of hundreds, so that buffers are both merged and enqueued as they are.
        for (int i = 0; waiting < 4 * FULL_AT; i++) {
            lines(i % 10 == 0 ? 400 : 1);
            waiting = writer.handOver();
        }
        assertThat(waiting).isGreaterThanOrEqualTo(4 * FULL_AT);

        channel.open();
        await().until(() -> drained.get() > 0);
        lines(3);
        writer.handOver();
        writer.end();
        thread.join();

        assertThat(lost).hasValue(null);
        String[] lines = channel.text().split("\n");
        assertThat(lines).hasSize(written);
        for (int i = 0; i < lines.length; i++) {
            assertThat(lines[i]).contains("\"number\":" + i + '}');
        }
    }

    @Test
    void countsWaitingBytes() {
        lines(1);
        int one = writer.handOver();
        lines(2);
        int three = writer.handOver();

        assertThat(one).isGreaterThan(FILLING.length());
        assertThat(three).isEqualTo(3 * one);
        assertThat(writer.handOver()).isEqualTo(three);
    }

    @Test
    void writeErrorIsReported() throws InterruptedException {
        channel.fail();
        channel.open();
        lines(1);
        writer.handOver();
        Thread thread = new Thread(writer, "events");
        thread.start();
        thread.join();

        assertThat(lost.get()).hasMessage("broken");
    }

    private void lines(int count) {
        for (int i = 0; i < count; i++) {
            writer.lines().write(Statuses.with(Statuses.of("test", FILLING), "number", written++));
        }
    }

    /** Blocks until it is opened. */
    private static final class SlowChannel implements WritableByteChannel {

        private final CountDownLatch opened = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private volatile boolean failing;

        void open() {
            opened.countDown();
        }

        void fail() {
            failing = true;
        }

        String text() {
            return taken.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failing) {
                throw new IOException("broken");
            }
            byte[] bytes = new byte[Math.min(1_000, source.remaining())];
            source.get(bytes);
            taken.writeBytes(bytes);
            return bytes.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
