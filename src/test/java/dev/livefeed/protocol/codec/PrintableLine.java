package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** A line as an event writer leaves it: printable ASCII before its end. */
final class PrintableLine {

    private PrintableLine() {}

    /** @param most greatest byte that may occur, besides the line feed at the end */
    static void assertPrintable(byte[] line, int most) {
        int i = 0;
        while (i < line.length - 1 && line[i] >= ' ' && line[i] <= most) {
            i++;
        }
        assertThat(i)
                .as(() -> "first byte that is not printable in " + new String(line, StandardCharsets.ISO_8859_1))
                .isEqualTo(line.length - 1);
    }
}
