package dev.livefeed.bench.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/** Edits that cannot be applied: the last good version goes on, and health names the file and the line. */
enum BrokenEdit {
    SYNTAX(true, text -> text.replace("      steps:", "      steps: [")),
    TAB(true, text -> text.replace("      steps:", "\t  steps:")),
    UNKNOWN_STEP(true, text -> first(text, "- nosuchstep: {}")),
    MISSING_COMPONENT(true, text -> first(text, "- to: \"nosuch:thing\"")),
    MISSING_BEAN(true, text -> first(text, "- bean: {ref: noSuchBean, method: x}")),
    UNKNOWN_OPTION(true, text -> first(text, "- to: \"log:x?noSuchOption=1\"")),
    MISSING_PROPERTY(true, text -> first(text, "- log: \"${body.nosuchfield}\"")),
    UNFINISHED_SIMPLE(true, text -> first(text, "- log: \"${body.id\"")),
    MISSING_SETTING(true, text -> first(text, "- to: \"{{no.such.setting}}\"")),
    DUPLICATE_ROUTE(false, text -> text + text),
    EMPTY(false, text -> ""),
    HALF(false, text -> text.substring(0, text.length() / 2)),
    BINARY(false, text -> "\u0000\u0001\u0002\u00ff".repeat(50)),
    DEEP_NESTING(true, text -> "- " + "[".repeat(20_000)),
    LONG_LINE(false, text -> "# " + "x".repeat(5_000_000) + "\n" + text),
    DANGLING_LINK(false, null);

    private final boolean hasLine;
    private final UnaryOperator<String> change;

    BrokenEdit(boolean hasLine, UnaryOperator<String> change) {
        this.hasLine = hasLine;
        this.change = change;
    }

    /** A step appended to the only route of a file, in the usual indentation. */
    static String appended(String text, String step) {
        return text.stripTrailing() + "\n        " + step + "\n";
    }

    /** A step before all others, where the check of an edit still knows what the message is. */
    private static String first(String text, String step) {
        String steps = "      steps:\n";
        return text.replaceFirst("(?m)^" + steps, Matcher.quoteReplacement(steps + "        " + step + "\n"));
    }

    /** Whether the fault is in a line. */
    boolean hasLine() {
        return hasLine;
    }

    void apply(Path file, String good) throws IOException {
        if (change == null) {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("no-such-file"));
        } else {
            Files.writeString(file, change.apply(good));
        }
    }

    void revert(Path file, String good) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(file, good);
    }

    /** Such as {@code missing component}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
