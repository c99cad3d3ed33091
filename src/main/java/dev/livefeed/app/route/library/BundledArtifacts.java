package dev.livefeed.app.route.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The artifacts that the jar contains, from its list of licences. */
final class BundledArtifacts {

    private static final String LIST = "/META-INF/THIRD-PARTY.txt";
    private static final Pattern ROW = Pattern.compile("\\(([\\w.-]+):([\\w.-]+):([\\w.-]+) - ");

    private BundledArtifacts() {}

    /** Each as {@code group:artifact}; empty where classes run from a folder without the list. */
    static Set<String> names() {
        return names(list());
    }

    /** Versions by artifact, without its group. */
    static Map<String, String> versions() {
        return versions(list());
    }

    static Map<String, String> versions(String list) {
        return ROW.matcher(list)
                .results()
                .collect(Collectors.toMap(row -> row.group(2), row -> row.group(3), (a, b) -> a));
    }

    private static String list() {
        try (InputStream in = BundledArtifacts.class.getResourceAsStream(LIST)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> names(String list) {
        return ROW.matcher(list)
                .results()
                .map((MatchResult row) -> row.group(1) + ':' + row.group(2))
                .collect(Collectors.toSet());
    }
}
