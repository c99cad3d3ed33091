package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

    private static InputStream lines(String... chunks) {
        return new BoundedLines(
                new SequenceInputStream(Collections.enumeration(List.of(chunks).stream()
                        .map(chunk -> new ByteArrayInputStream(chunk.getBytes(StandardCharsets.UTF_8)))
                        .toList())),
                10);
    }

    @Test
    void shortLinesPassInAnyNumber() throws IOException {
        assertThat(lines("123456789\n".repeat(50), "12345", "67890", "\n", "1234567890")
                        .readAllBytes())
                .hasSize(500 + 10 + 1 + 10);
    }

    @Test
    void aLineWithoutAnEndIsAFailure() {
        assertThatThrownBy(() -> lines("x\n12345", "67890", "1").readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessage("a line of more than 10 bytes");
    }
}
