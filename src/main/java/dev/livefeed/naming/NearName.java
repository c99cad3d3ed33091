package dev.livefeed.naming;

import java.util.Locale;

/** Suggests the listed instrument that a misspelt name resembles most. */
public final class NearName {

    private static final int MAX_DISTANCE = 3;

    private NearName() {}

    /**
     * The name with the smallest edit distance, or null if none is similar. Of equally similar names, the shortest.
     */
    public static String of(String name, Iterable<String> names) {
        String upper = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        String nearest = null;
        int bestDistance = MAX_DISTANCE + 1;
        for (String candidate : names) {
            String plain = candidate.replaceAll("[^A-Z0-9]", "");
            // A prefix counts as similar, however long the rest is.
            int distance = upper.length() >= 3 && plain.startsWith(upper)
                    ? Math.min(2, plain.length() - upper.length())
                    : EditDistance.between(upper, plain, MAX_DISTANCE);
            boolean better = distance < bestDistance
                    || (distance == bestDistance && nearest != null && before(candidate, nearest));
            if (better && distance * 2 <= Math.max(4, upper.length())) {
                bestDistance = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static boolean before(String candidate, String other) {
        return candidate.length() != other.length()
                ? candidate.length() < other.length()
                : candidate.compareTo(other) < 0;
    }
}
