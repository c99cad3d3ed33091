package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with {@code sh}. */
class CommandWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python3 feed.py --symbol BTCUSDT",
                "  a   b\t c  ",
                "'two words' \"two more\"",
                "a'b c'd\"e f\"g",
                "a\\ b \\' \\\" \\\\",
                "\"a \\\" b\" \"c \\\\ d\" \"e \\x f\"",
                "'a \\ b' '\"' \"'\"",
                "'' \"\" x",
                "\"\\$HOME \\`x\\`\"",
                "-c 'while :; do date; done'"
            })
    void asTheShell(String line) throws Exception {
        assertThat(CommandWords.split(line)).isEqualTo(shell(line));
    }

    @Property(tries = 100)
    void asTheShellWhateverTheQuotes(
            @ForAll @StringLength(max = 14) @Chars({'a', 'b', ' ', '\'', '"', '\\'}) String line) throws Exception {
        // A shell keeps a trailing backslash; in a setting it is reported as a mistake.
        Assume.that(!line.endsWith("\\"));
        List<String> words = shell(line);
        if (words == null) {
            assertThatIllegalArgumentException().isThrownBy(() -> CommandWords.split(line));
        } else {
            assertThat(CommandWords.split(line)).isEqualTo(words);
        }
    }

    @Test
    void aBackslashAtTheEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandWords.split("feed \\"))
                .withMessage("nothing follows the last backslash");
    }

    @Test
    void aQuoteThatIsNotClosed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandWords.split("feed 'a"))
                .withMessage("the quote ' is not closed");
    }

    /** The words as a shell passes them to a program, or null if the shell reports an error. */
    private static List<String> shell(String line) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "set -- " + line + "\nfor w; do printf '%s\\0' \"$w\"; done")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            return null;
        }
        return out.isEmpty()
                ? List.of()
                : Arrays.asList(out.substring(0, out.length() - 1).split("\0", -1));
    }
}
