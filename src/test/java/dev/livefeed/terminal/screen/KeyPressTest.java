package dev.livefeed.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingReader;
import org.junit.jupiter.api.Test;

class KeyPressTest {

    private static List<KeyPress> keys(String typed) throws IOException {
        List<KeyPress> keys = new ArrayList<>();
        try (NonBlockingReader reader = NonBlocking.nonBlocking("keys", new StringReader(typed))) {
            KeyPress key;
            do {
                key = KeyPress.read(reader, 1_000);
                keys.add(key);
            } while (key != null && key.kind() != KeyPress.Kind.GONE);
        }
        return keys;
    }

    @Test
    void arrowsOfBothModes() throws IOException {
        assertThat(keys("\u001b[A\u001b[B\u001bOA\u001bOBj"))
                .extracting(KeyPress::kind)
                .containsExactly(
                        KeyPress.Kind.UP,
                        KeyPress.Kind.DOWN,
                        KeyPress.Kind.UP,
                        KeyPress.Kind.DOWN,
                        KeyPress.Kind.LETTER,
                        KeyPress.Kind.GONE);
    }

    @Test
    void pagesAndOthers() throws IOException {
        assertThat(keys("\u001b[5~\u001b[6~\u001b[H\u001b[F\r\u007f\u0003\u001b[1;5C"))
                .extracting(KeyPress::kind)
                .containsExactly(
                        KeyPress.Kind.PAGE_UP,
                        KeyPress.Kind.PAGE_DOWN,
                        KeyPress.Kind.HOME,
                        KeyPress.Kind.END,
                        KeyPress.Kind.ENTER,
                        KeyPress.Kind.BACKSPACE,
                        KeyPress.Kind.OTHER,
                        KeyPress.Kind.OTHER,
                        KeyPress.Kind.GONE);
    }

    @Test
    void escapeAloneAndLetters() throws IOException {
        assertThat(keys("q?")).extracting(KeyPress::character).containsExactly('q', '?', (char) 0);
        assertThat(keys("\u001b")).extracting(KeyPress::kind).containsExactly(KeyPress.Kind.ESCAPE, KeyPress.Kind.GONE);
    }

    /** An answer of a terminal to a question, or a key of its own. */
    @Test
    void unknownSequencesAreOneKey() throws IOException {
        assertThat(keys("\u001b[?64;1;2cq\u001b[" + "1;".repeat(100)))
                .extracting(KeyPress::kind)
                .startsWith(KeyPress.Kind.OTHER, KeyPress.Kind.LETTER, KeyPress.Kind.OTHER)
                .endsWith(KeyPress.Kind.GONE);
    }
}
