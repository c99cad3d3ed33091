package dev.livefeed.app.route.reload;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The route files as found by one check.
 *
 * @param contents name to content
 * @param unreadable name to fault of a file that could not be read
 */
public record RouteFileSet(Map<String, byte[]> contents, Map<String, RouteFault> unreadable) {

    public RouteFileSet {
        contents = Collections.unmodifiableMap(new TreeMap<>(contents));
        unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
    }

    /** Whether another check found the same content. */
    boolean same(RouteFileSet other) {
        return unreadable.equals(other.unreadable) && same(contents, other.contents);
    }

    private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
        return a.keySet().equals(b.keySet())
                && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
    }
}
