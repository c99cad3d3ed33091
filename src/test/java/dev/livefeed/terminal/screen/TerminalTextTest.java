package dev.livefeed.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;

class TerminalTextTest {

    @Test
    void controlCharactersAreNoCommands() {
        assertThat(TerminalText.of("a\u001b[2Jb\u009b31mc\u0007\u007f\r\b", false))
                .isEqualTo("a?[2Jb?31mc????");
        assertThat(TerminalText.of("two\nlines\tand\u2028more", false)).isEqualTo("two lines and more");
    }

    @Test
    void charactersThatTerminalsDrawDifferentlyAreReplacedOrLeftOut() {
        assertThat(TerminalText.of("right\u202eleft\u200bnothing\ufeff\ue000", false))
                .isEqualTo("right?left?nothing??");
        assertThat(TerminalText.of("e\u0301", false)).isEqualTo("e");
        assertThat(TerminalText.of("half \ud83d", false)).isEqualTo("half ?");
        assertThat(TerminalText.of("漢字 €", false)).isEqualTo("漢字 €");
        assertThat(TerminalText.of("漢字 €", true)).isEqualTo("?? ?");
    }

    /** Some terminals would show "5 2 ..." of "... 2 5": numbers beside such letters change their places. */
    @Test
    void lettersFromRightToLeftAreReplaced() {
        assertThat(TerminalText.of("\u05d0\u05d1 2 5 \u0627\u0661", false)).isEqualTo("?? 2 5 ??");
    }

    @Test
    void wholeLinesKeepTheirEndsAndTheirLength() {
        assertThat(TerminalText.lines("a\u001b[2J,b\u009b\n" + "x".repeat(2_000) + "\n"))
                .isEqualTo("a?[2J,b?\n" + "x".repeat(2_000) + "\n");
    }

    @Test
    void everyCharacterIsEmptyOrHasAWidth() {
        String all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isValidCodePoint)
                .mapToObj(Character::toString)
                .map(text -> TerminalText.of(text, false))
                .collect(Collectors.joining());

        assertThat(all.codePoints()).allMatch(one -> !Character.isISOControl(one) && WCWidth.wcwidth(one) > 0);
    }

    @Test
    void longTextsAreCut() {
        assertThat(TerminalText.of("x".repeat(1_000_000), false)).hasSize(TerminalText.MOST);
    }
}
