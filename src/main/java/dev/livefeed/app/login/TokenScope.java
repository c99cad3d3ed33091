package dev.livefeed.app.login;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the holder of a token may do; each scope includes those before it. */
public enum TokenScope {
    /** Requests that change nothing, and the stream. */
    READ,
    /** Every request: paper orders, strategies, the replay. */
    TRADE;

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** The scope of a name such as {@code read}. */
    static Optional<TokenScope> named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(name))
                .findFirst();
    }

    /** The scope that a request with this method needs. */
    static TokenScope neededFor(String method) {
        return READING.contains(method) ? READ : TRADE;
    }

    boolean includes(TokenScope other) {
        return compareTo(other) >= 0;
    }

    /** The name in a file of tokens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
