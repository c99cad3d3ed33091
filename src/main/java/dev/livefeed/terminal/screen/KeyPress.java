package dev.livefeed.terminal.screen;

import java.io.IOException;
import org.jline.terminal.KeyEvent;
import org.jline.terminal.KeyParser;
import org.jline.utils.NonBlockingReader;

/**
 * A key.
 *
 * @param character of a letter, else 0
 */
public record KeyPress(Kind kind, char character) {

    public enum Kind {
        LETTER,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        ESCAPE,
        BACKSPACE,
        /** The terminal is gone. */
        GONE,
        OTHER
    }

    private static final char ESC = 27;
    private static final char DELETE = 127;
    private static final int LONGEST = 32;
    /** The characters of one key come together, except over a slow network. */
    private static final long REST_MILLIS = 60;

    /** The next key, or null if none is pressed within this time. */
    public static KeyPress read(NonBlockingReader reader, long millis) throws IOException {
        int first = reader.read(millis);
        if (first == NonBlockingReader.READ_EXPIRED) {
            return null;
        }
        if (first < 0) {
            return of(Kind.GONE);
        }
        if (first != ESC) {
            return plain((char) first);
        }
        StringBuilder sequence = new StringBuilder().append(ESC);
        int next;
        while (sequence.length() < LONGEST && (next = reader.read(REST_MILLIS)) >= 0) {
            sequence.append((char) next);
            if (ends(sequence)) {
                break;
            }
        }
        return of(kind(KeyParser.parse(usual(sequence))));
    }

    /** Whether an escape sequence is whole: ESC and a letter, ESC O and a letter, or ESC [ up to a letter or tilde. */
    private static boolean ends(CharSequence sequence) {
        char last = sequence.charAt(sequence.length() - 1);
        return switch (sequence.charAt(1)) {
            case '[' -> sequence.length() > 2 && last >= '@' && last <= '~';
            case 'O' -> sequence.length() > 2;
            default -> true;
        };
    }

    /** Arrows begin with ESC O instead of ESC [ if an earlier program has left the terminal so. */
    private static String usual(StringBuilder sequence) {
        return sequence.toString().replaceFirst("^\u001bO(?=[ABCDHF])", "\u001b[");
    }

    private static KeyPress plain(char character) {
        return switch (character) {
            case '\r', '\n' -> of(Kind.ENTER);
            case '\b', DELETE -> of(Kind.BACKSPACE);
            default -> Character.isISOControl(character) ? of(Kind.OTHER) : new KeyPress(Kind.LETTER, character);
        };
    }

    private static KeyPress of(Kind kind) {
        return new KeyPress(kind, (char) 0);
    }

    private static Kind kind(KeyEvent event) {
        if (event.getType() == KeyEvent.Type.Arrow) {
            return switch (event.getArrow()) {
                case Up -> Kind.UP;
                case Down -> Kind.DOWN;
                default -> Kind.OTHER;
            };
        }
        if (event.getType() == KeyEvent.Type.Special) {
            return switch (event.getSpecial()) {
                case PageUp -> Kind.PAGE_UP;
                case PageDown -> Kind.PAGE_DOWN;
                case Home -> Kind.HOME;
                case End -> Kind.END;
                case Escape -> Kind.ESCAPE;
                default -> Kind.OTHER;
            };
        }
        return Kind.OTHER;
    }
}
