package dev.livefeed.terminal.top;

import java.util.List;
import java.util.Locale;

/** What the user has chosen to see. */
final class Selection {

    private static final int LONGEST = 40;

    private WatchedInstrument chosen;
    private String filter = "";
    private boolean typing;
    private boolean help;

    /** The instruments that are shown. */
    List<WatchedInstrument> shown(List<WatchedInstrument> all) {
        if (filter.isEmpty()) {
            return all;
        }
        String part = filter.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(one -> one.name().key().toLowerCase(Locale.ROOT).contains(part))
                .toList();
    }

    /** The chosen one of those that are shown, or the first; null if there is none. */
    WatchedInstrument chosen(List<WatchedInstrument> shown) {
        if (chosen != null && shown.contains(chosen)) {
            return chosen;
        }
        return shown.isEmpty() ? null : shown.get(0);
    }

    /** Chooses the one so many places on, at most the first or the last. */
    void move(List<WatchedInstrument> shown, int by) {
        if (!shown.isEmpty()) {
            int place = shown.indexOf(chosen(shown)) + by;
            chosen = shown.get(Math.max(0, Math.min(shown.size() - 1, place)));
        }
    }

    String filter() {
        return filter;
    }

    /** Whether the keys are part of the filter. */
    boolean typing() {
        return typing;
    }

    void search() {
        typing = true;
        filter = "";
    }

    void type(char letter) {
        if (filter.length() < LONGEST) {
            filter += letter;
        }
    }

    void erase() {
        filter = filter.isEmpty() ? "" : filter.substring(0, filter.length() - 1);
    }

    /** Ends typing; the filter stays. */
    void accept() {
        typing = false;
    }

    /** Shows all instruments again. */
    void showAll() {
        typing = false;
        filter = "";
    }

    boolean help() {
        return help;
    }

    void help(boolean shown) {
        help = shown;
    }
}
