package dev.livefeed.app.settings;

import java.util.Collection;
import java.util.Locale;

/** Suggests the closest known name for a misspelt one. */
public final class ClosestName {

    private ClosestName() {}

    /**
     * The name that takes the fewest changes to get to.
     *
     * @param most changes that are allowed
     * @return null if none is that close
     */
    public static String to(String name, Collection<String> names, int most) {
        String closest = null;
        int fewest = most == Integer.MAX_VALUE ? most : most + 1;
        for (String one : names) {
            int changes = changes(name.toLowerCase(Locale.ROOT), one.toLowerCase(Locale.ROOT));
            if (changes < fewest) {
                fewest = changes;
                closest = one;
            }
        }
        return closest;
    }

    /** Characters to add, take away or replace (Levenshtein). */
    private static int changes(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
