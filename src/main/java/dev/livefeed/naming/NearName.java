package dev.livefeed.naming;

import java.util.Locale;

/** Finds the instrument that somebody may have meant. */
public final class NearName {

    private static final int FARTHEST = 3;

    private NearName() {}

    /**
     * The nearest of the names, or null where none is near: by letters changed, swapped, added or left out; the
     * shorter of equals.
     */
    public static String of(String meant, Iterable<String> names) {
        String upper = meant.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        String nearest = null;
        int least = FARTHEST + 1;
        for (String name : names) {
            String plain = name.replaceAll("[^A-Z0-9]", "");
            // The beginning of a name counts as near, however much is left out.
            int distance = upper.length() >= 3 && plain.startsWith(upper)
                    ? Math.min(2, plain.length() - upper.length())
                    : EditDistance.between(upper, plain, FARTHEST);
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
}
