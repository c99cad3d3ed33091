package dev.livefeed.connector.bybit;

import java.util.Locale;

/** Finds the name that somebody may have meant. */
final class NearName {

    private static final int FARTHEST = 3;

    private NearName() {}

    /** The nearest of the names, or null where none is near: by letters changed, added or left out; the shorter of equals. */
    static String of(String meant, Iterable<String> names) {
        String upper = meant.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        String nearest = null;
        int least = FARTHEST + 1;
        for (String name : names) {
            String plain = name.replaceAll("[^A-Z0-9]", "");
            // The beginning of a name counts as near, however much is left out.
            int distance = upper.length() >= 3 && plain.startsWith(upper)
                    ? Math.min(2, plain.length() - upper.length())
                    : distance(upper, plain);
            boolean better = distance < least || (distance == least && nearest != null && before(name, nearest));
            if (better && distance * 2 <= Math.max(4, upper.length())) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    private static boolean before(String name, String other) {
        return name.length() != other.length() ? name.length() < other.length() : name.compareTo(other) < 0;
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > FARTHEST) {
            return FARTHEST + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
