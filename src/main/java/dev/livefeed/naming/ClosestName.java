package dev.livefeed.naming;

import java.util.Locale;

/** Suggests the known name that a misspelt one resembles most. Upper case and separators make no difference. */
public final class ClosestName {

    /** A name of this length that another one begins with is an abbreviation of it, however long the rest is. */
    private static final int MIN_PREFIX = 3;

    private static final int MAX_PREFIX_DISTANCE = 2;

    private ClosestName() {}

    /** The closest name, or null if more than half of the letters would have to change; two letters always may. */
    public static String of(String name, Iterable<String> names) {
        return of(name, names, Integer.MAX_VALUE);
    }

    /** The closest name within that edit distance, or null if there is none. */
    public static String of(String name, Iterable<String> names, int maxDistance) {
        return closest(
                name, names, Math.min(maxDistance, Math.max(2, plain(name).length() / 2)));
    }

    /** The closest name, however different it is; null if there are no names. */
    public static String any(String name, Iterable<String> names) {
        return closest(name, names, Integer.MAX_VALUE - 1);
    }

    private static String closest(String name, Iterable<String> names, int maxDistance) {
        String plain = plain(name);
        String closest = null;
        int leastDistance = maxDistance + 1;
        for (String candidate : names) {
            int distance = distance(plain, plain(candidate), leastDistance);
            if (distance < leastDistance
                    || distance == leastDistance && closest != null && isBefore(candidate, closest)) {
                leastDistance = distance;
                closest = candidate;
            }
        }
        return closest;
    }

    private static int distance(String name, String candidate, int maxDistance) {
        return name.length() >= MIN_PREFIX && candidate.startsWith(name)
                ? Math.min(MAX_PREFIX_DISTANCE, candidate.length() - name.length())
                : EditDistance.between(name, candidate, maxDistance);
    }

    /** Of equally close names, the shortest one is suggested. */
    private static boolean isBefore(String candidate, String other) {
        return candidate.length() != other.length()
                ? candidate.length() < other.length()
                : candidate.compareTo(other) < 0;
    }

    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
