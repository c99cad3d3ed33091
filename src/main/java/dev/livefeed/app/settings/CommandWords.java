package dev.livefeed.app.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words like a shell, with blanks, single and double quotes and backslashes. No shell is
 * run.
 */
final class CommandWords {

    private CommandWords() {}

    /**
     * Returns the words of a command line.
     *
     * @throws IllegalArgumentException if a quote is not closed or the text ends with a backslash
     */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            if (word == null) {
                word = new StringBuilder();
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote && quote != 0) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && escapes(line, i, quote)) {
                word.append(line.charAt(++i));
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("the quote " + quote + " is not closed");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    /**
     * Within double quotes a backslash escapes only the quote, itself, $ and `; outside of quotes it escapes any
     * character.
     */
    private static boolean escapes(String line, int at, char quote) {
        if (at + 1 == line.length()) {
            throw new IllegalArgumentException("nothing follows the last backslash");
        }
        return quote == 0 || "\"\\$`".indexOf(line.charAt(at + 1)) >= 0;
    }
}
