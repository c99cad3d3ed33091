package dev.livefeed.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {

    private final Frame frame = new Frame(3, 10, Glyphs.UNICODE);

    @Test
    void whatIsCutOffIsMarked() {
        frame.put(0, 2, "123456789", Tone.PLAIN);
        frame.put(1, 0, 5, "1234567", Tone.PLAIN);
        frame.putRight(2, 0, 6, "1234567", Tone.PLAIN);

        assertThat(frame.text(0)).isEqualTo("  1234567…");
        assertThat(frame.text(1)).isEqualTo("1234…");
        assertThat(frame.text(2)).isEqualTo("12345…");
    }

    @Test
    void wideCharactersTakeTwoCellsAndAreNeverHalved() {
        frame.put(0, 0, 5, "漢漢漢", Tone.PLAIN);
        frame.put(0, 6, "x", Tone.PLAIN);
        frame.put(1, 0, 4, "漢漢漢", Tone.PLAIN);

        assertThat(frame.text(0)).isEqualTo("漢漢… x");
        assertThat(frame.line(0, true).columnLength()).isEqualTo(7);
        assertThat(frame.text(1)).isEqualTo("漢 …");
    }

    @Test
    void halfOverwrittenWideCharactersAreGone() {
        frame.put(0, 0, "漢漢漢", Tone.PLAIN);
        frame.put(0, 1, "ab", Tone.PLAIN);
        frame.put(1, 0, "漢漢", Tone.PLAIN);
        frame.put(1, 1, "字", Tone.PLAIN);

        assertThat(frame.text(0)).isEqualTo(" ab 漢");
        assertThat(frame.text(1)).isEqualTo(" 字");
        assertThat(frame.line(0, true).columnLength()).isEqualTo(6);
    }

    @Test
    void nothingIsDrawnOutside() {
        frame.put(-1, 0, "above", Tone.PLAIN);
        frame.put(3, 0, "below", Tone.PLAIN);
        frame.put(0, 10, "beside", Tone.PLAIN);
        frame.put(0, -5, "before", Tone.PLAIN);
        frame.tint(7, 0, 10, Tone.BAD);
        frame.tint(0, 5, 100, Tone.SELECTED);

        assertThat(List.of(frame.text(0), frame.text(1), frame.text(2))).containsOnly("");
        assertThat(frame.line(0, true).columnLength())
                .as("blanks with a background")
                .isEqualTo(10);
    }

    @Test
    void coloursCanBeLeftOut() {
        frame.put(0, 0, "bad", Tone.BAD);
        frame.put(1, 0, "not", Tone.NOT_CURRENT);

        assertThat(frame.line(0, true).toAnsi()).contains("31", "bad");
        assertThat(frame.line(0, false).toAnsi()).isEqualTo("\u001b[1mbad\u001b[0m");
        assertThat(frame.line(1, false).toAnsi()).contains("7", "1", "not").doesNotContain("31");
    }
}
