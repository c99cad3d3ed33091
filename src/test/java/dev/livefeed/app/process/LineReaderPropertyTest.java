package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The lines do not depend on how the bytes are split. */
class LineReaderPropertyTest {

    private static final int LIMIT = 20;

    @Property(tries = 3_000)
    void anyChunkingGivesTheSameLines(
            @ForAll
                    @StringLength(max = 300)
                    @Chars({'\n', '\n', '\r', ' ', '\t', '{', '\u00e9'})
                    @CharRange(from = 'a', to = 'f')
                    String text,
            @ForAll Random random)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(read(new Chunks(bytes, random, 7), LIMIT)).isEqualTo(expected(bytes));
        assertThat(read(new ByteArrayInputStream(bytes), LIMIT)).isEqualTo(expected(bytes));
    }

    /** A simple reference: splits at line ends, drops trailing carriage returns and blank lines, reports long lines. */
    private static List<String> expected(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                String line = new String(bytes, from, i - from, StandardCharsets.ISO_8859_1);
                if (line.length() > LIMIT) {
                    lines.add("too long: " + line.length());
                } else {
                    String kept = line.replaceAll("\r+$", "");
                    if (!kept.replaceAll("[ \t]", "").isEmpty()) {
                        lines.add(kept);
                    }
                }
                from = i + 1;
            }
        }
        return lines;
    }

    private static List<String> read(InputStream in, int limit) throws IOException {
        List<String> lines = new ArrayList<>();
        LineReader reader = new LineReader(in, limit, new LineReader.Sink() {
            @Override
            public void line(byte[] line) {
                lines.add(new String(line, StandardCharsets.ISO_8859_1));
            }

            @Override
            public void tooLong(long length, byte[] head) {
                assertThat(head.length).isBetween(1, 256);
                lines.add("too long: " + length);
            }
        });
        reader.readAll();
        assertThat(reader.pending()).isZero();
        return lines;
    }

    @Test
    void linesLargerThanTheBufferAreCompleteAndLinesAboveTheLimitAreSkipped() throws IOException {
        int limit = 1024 * 1024;
        byte[] bytes = new byte[300 * 1024 * 1024 / 4];
        java.util.Arrays.fill(bytes, (byte) 'x');
        bytes[limit] = '\n'; // a line of exactly the limit
        bytes[bytes.length - 3] = '\n'; // one far above it, and a short one without an end
        long before = used();
        long[] most = new long[1];
        List<Long> lengths = new ArrayList<>();

        new LineReader(new ByteArrayInputStream(bytes), limit, new LineReader.Sink() {
                    @Override
                    public void line(byte[] line) {
                        lengths.add((long) line.length);
                    }

                    @Override
                    public void tooLong(long length, byte[] head) {
                        most[0] = used();
                        lengths.add(length);
                    }
                })
                .readAll();

        assertThat(lengths).containsExactly((long) limit, (long) bytes.length - 3 - limit - 1, 2L);
        assertThat(most[0] - before).as("memory taken while 74 MiB went by").isLessThan(16L * 1024 * 1024);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Returns a few bytes at a time. */
    private static final class Chunks extends InputStream {

        private final byte[] bytes;
        private final Random random;
        private final int most;
        private int at;

        private Chunks(byte[] bytes, Random random, int most) {
            this.bytes = bytes;
            this.random = random;
            this.most = most;
        }

        @Override
        public int read() {
            return at == bytes.length ? -1 : bytes[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == bytes.length) {
                return -1;
            }
            int n = Math.min(Math.min(1 + random.nextInt(most), length), bytes.length - at);
            System.arraycopy(bytes, at, into, offset, n);
            at += n;
            return n;
        }
    }
}
