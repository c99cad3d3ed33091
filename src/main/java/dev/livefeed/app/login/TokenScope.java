package dev.livefeed.app.login;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the holder of a token may do; each scope includes those before it. */
public enum TokenScope {
    /** Requests that change nothing, and the stream. */
    READ,
    /** Paper orders, strategies, the replay, and changes by routes of the operator. */
    TRADE,
    /** Every request: also those that change the sources and the log. */
    CONTROL;

    /** Where the paths begin whose requests change the sources and the log. */
    private static final Set<String> CONTROLLED = Set.of("/sources", "/log");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** The scope of a name such as {@code read}. */
    static Optional<TokenScope> named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(name))
                .findFirst();
    }

    /**
     * The scope that a request needs.
     *
     * @param path normalized
     */
    static TokenScope neededFor(String method, String path) {
        if (READING.contains(method)) {
            return READ;
        }
        boolean controls = CONTROLLED.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + '/'));
        return controls ? CONTROL : TRADE;
    }

    /** All names, for people. */
    static String words() {
        return "read, trade or control";
    }

    boolean includes(TokenScope other) {
        return compareTo(other) >= 0;
    }

    /** The name in a file of tokens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
