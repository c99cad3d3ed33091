package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a terminal shows of a line below the other output. */
class StatusLineTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final StatusLine line = new StatusLine(written);
    private final PrintStream out = new PrintStream(line, true, StandardCharsets.UTF_8);

    @Test
    void theLineStaysBelowTheOtherOutput() {
        out.print("one\n");
        line.show("10 %");
        out.print("two\n");
        line.show("20 %");
        line.show("20 %");
        out.print("three\n");
        line.show("");
        out.print("four\n");

        assertThat(screen()).isEqualTo("one\ntwo\nthree\nfour\n");
        assertThat(written.toString(StandardCharsets.UTF_8).split("20 %", -1))
                .as("not written again if it is the same")
                .hasSize(3);
    }

    @Test
    void anUnfinishedLineOfOthersIsLeftAlone() {
        line.show("10 %");
        out.print("begun, ");
        line.show("20 %");
        out.print("ended\n");

        assertThat(screen()).isEqualTo("begun, ended\n20 %");
    }

    @Test
    void aLongLineIsCut() {
        line.show("x".repeat(500));

        assertThat(screen()).hasSize(StatusLine.MAX_LENGTH);
    }

    /** The last line ends where the output does; what was erased is gone. */
    private String screen() {
        StringBuilder all = new StringBuilder();
        StringBuilder last = new StringBuilder();
        String text = written.toString(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (text.startsWith("\r\033[K", i)) {
                last.setLength(0);
                i += 3;
            } else {
                last.append(c);
                if (c == '\n') {
                    all.append(last);
                    last.setLength(0);
                }
            }
        }
        return all.append(last).toString();
    }
}
