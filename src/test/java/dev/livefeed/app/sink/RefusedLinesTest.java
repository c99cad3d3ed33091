package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line that is refused for good is set aside and announced; those around it arrive in order. */
class RefusedLinesTest {

    @TempDir
    private Path folder;

    private SinkBuffers buffers;

    /** Takes all lines but those that begin with an x, and nothing while it is down. */
    private static final class Target implements RefusedLines.Target {

        private final List<String> taken = new ArrayList<>();
        private final List<String> aside = new ArrayList<>();
        private boolean down;
        private boolean asideRefuses;

        private static List<String> texts(LineBatch lines) {
            return IntStream.range(0, lines.size())
                    .mapToObj(i -> lines.first() + i + " " + new String(lines.line(i), StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public void write(LineBatch lines) throws IOException {
            List<String> texts = texts(lines);
            if (down) {
                throw new IOException("down");
            }
            if (texts.stream().anyMatch(text -> text.contains(" x"))) {
                throw new IllegalArgumentException("an x\n  is not allowed");
            }
            taken.addAll(texts);
        }

        @Override
        public boolean isRefusal(Exception failure) {
            return failure instanceof IllegalArgumentException;
        }

        @Override
        public boolean setAside(LineBatch line, String reason) {
            if (asideRefuses) {
                throw new IllegalArgumentException("the drawer is for letters");
            }
            return aside.addAll(texts(line));
        }

        @Override
        public String place() {
            return "a drawer";
        }
    }

    @AfterEach
    void close() {
        if (buffers != null) {
            buffers.close();
        }
    }

    private RefusedLines refused() {
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(1, 0));
        buffers.buffer("s", Set.of("trade"));
        return new RefusedLines(buffers);
    }

    @Test
    void eachRefusedLineIsSetAside() throws Exception {
        Target target = new Target();
        refused().write(MadeBatch.of("s", 11, "x1", "a", "b", "c", "x2", "d", "e"), target);

        assertThat(target.taken).containsExactly("12 a", "13 b", "14 c", "16 d", "17 e");
        assertThat(target.aside).containsExactly("11 x1", "15 x2");
        SinkView view = buffers.views().get(0);
        assertThat(view.counters().refused()).isEqualTo(2);
        assertThat(view.failures().refusal()).isEqualTo("an x is not allowed; line 15 is now in a drawer");
        assertThat(SinkAlarms.of(view, Instant.now()))
                .anyMatch(alarm -> alarm.startsWith("sink s has refused 2 events, the last at ")
                        && alarm.endsWith(": an x is not allowed; line 15 is now in a drawer"));
        assertThat(SinkAlarms.of(view, Instant.now().plusSeconds(301))).noneMatch(alarm -> alarm.contains("refused"));
    }

    @Test
    void aLineThatTheServerNamesIsKeptBesideTheBufferOnce() throws Exception {
        RefusedLines refused = refused();
        ByIndex target = new ByIndex();
        LineBatch lines = MadeBatch.of("s", 11, "a", "b", "c", "x\"1", "d", "x2");
        refused.write(lines, target);
        assertThat(target.target.taken).containsExactly("11 a", "12 b", "13 c", "15 d");
        assertThat(target.writes).as("attempts").isEqualTo(6);

        refused.write(lines, target); // as after a failure behind it
        new RefusedLines(buffers).write(lines, target);
        assertThat(buffers.views().get(0).counters().refused()).isEqualTo(2);
        buffers.close(); // as after a kill before the batch was confirmed
        refused().write(lines, target);
        assertThat(buffers.views().get(0).counters().refused()).isZero();
        assertThat(Files.readAllLines(folder.resolve("s/refused.ndjson")))
                .containsExactly(
                        "{\"run\":7,\"sequence\":14,\"stored\":\"2026-11-25T00:00:00Z\",\"reason\":\"an x\","
                                + "\"line\":\"x\\\"1\"}",
                        "{\"run\":7,\"sequence\":16,\"stored\":\"2026-11-25T00:00:00Z\",\"reason\":\"an x\","
                                + "\"line\":\"x2\"}");
    }

    @Test
    void aLineThatIsRefusedWhereItIsSetAsideIsKeptBesideTheBuffer() throws Exception {
        RefusedLines refused = refused();
        Target target = new Target();
        target.asideRefuses = true;
        LineBatch lines = MadeBatch.of("s", 11, "a", "x1", "b");
        refused.write(lines, target);
        assertThat(target.taken).containsExactly("11 a", "13 b");
        assertThat(target.aside).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("s/refused.ndjson")))
                .containsExactly("{\"run\":7,\"sequence\":12,\"stored\":\"2026-11-25T00:00:00Z\","
                        + "\"reason\":\"an x is not allowed\",\"line\":\"x1\"}");
        assertThat(buffers.views().get(0).failures().refusal())
                .isEqualTo("an x is not allowed; line 12 is now in refused.ndjson in the folder of the buffer,"
                        + " as a drawer refuses it: the drawer is for letters");
    }

    @Test
    void theIdOfAFileThatOthersHaveEditedDoesNotMatter() throws Exception {
        Path file = Files.writeString(folder.resolve(RefusedFile.NAME), "their note\n");
        assertThat(new RefusedFile(folder, 1_000).add(MadeBatch.of("s", 1, "x"), "no"))
                .isTrue();
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(new RefusedFile(folder, 1_000).add(MadeBatch.of("s", 1, "x"), "no"))
                .isFalse();
        assertThat(new RefusedFile(folder, 1_000).add(MadeBatch.of("s", 2, "x"), "no"))
                .isTrue();
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void aSinkThatRefusesEverythingFailsAfterAHundredLines() throws Exception {
        RefusedLines refused = refused();
        Target target = new Target();
        String[] bad = new String[150];
        java.util.Arrays.fill(bad, "x");
        LineBatch lines = MadeBatch.of("s", 1, bad);
        assertThatThrownBy(() -> refused.write(lines, target))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("100 lines in a row were refused");
        assertThatThrownBy(() -> refused.write(lines, target)).isInstanceOf(IOException.class);
        assertThat(target.aside).hasSize(100);

        refused.write(MadeBatch.of("s", 200, "a"), target);
        refused.write(MadeBatch.of("s", 201, "x"), target);
        assertThat(target.aside).hasSize(101);
    }

    @Test
    void aFullFileOfRefusedLinesTakesNoMoreAndLosesNothing() throws Exception {
        RefusedFile file = new RefusedFile(folder, 1_000);
        assertThat(file.add(MadeBatch.of("s", 1, "x"), "no")).isTrue();
        Files.writeString(folder.resolve(RefusedFile.NAME), "{\"torn", java.nio.file.StandardOpenOption.APPEND);
        RefusedFile later = new RefusedFile(folder, 1_000);
        assertThat(later.add(MadeBatch.of("s", 2, "x"), "no")).isTrue();
        assertThatThrownBy(() -> later.add(MadeBatch.of("s", 3, "x".repeat(1_000)), "too long"))
                .hasMessageContaining("move it away")
                .hasMessageContaining("too long");
        assertThat(Files.readAllLines(folder.resolve(RefusedFile.NAME)))
                .hasSize(2)
                .allMatch(line -> line.endsWith("}"));
        Files.delete(folder.resolve(RefusedFile.NAME));
        assertThat(later.add(MadeBatch.of("s", 4, "x"), "no")).isTrue();
    }

    @Test
    void anOutageIsNoRefusal() {
        Target target = new Target();
        target.down = true;
        RefusedLines refused = refused();
        assertThatThrownBy(() -> refused.write(MadeBatch.of("s", 1, "x1", "a"), target))
                .isInstanceOf(IOException.class);
        assertThat(target.aside).isEmpty();
        assertThat(buffers.views().get(0).counters().refused()).isZero();
    }

    /** Refuses each line with an x by its place in the batch. */
    private final class ByIndex implements RefusedLines.Target {

        private final Target target = new Target();
        private int writes;

        @Override
        public void write(LineBatch lines) throws IOException {
            writes++;
            List<String> texts = Target.texts(lines);
            for (int i = 0; i < texts.size(); i++) {
                if (texts.get(i).contains(" x")) {
                    throw new LineRefused(i, "an x");
                }
            }
            target.write(lines);
        }

        @Override
        public boolean isRefusal(Exception failure) {
            return failure instanceof LineRefused;
        }

        @Override
        public boolean setAside(LineBatch line, String reason) throws IOException {
            return buffers.setAside(line, reason);
        }

        @Override
        public String place() {
            return SinkBuffers.REFUSED;
        }
    }
}
