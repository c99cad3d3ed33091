package dev.livefeed.app.login;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tokens that are accepted. Immutable. */
public final class AccessTokens {

    /** No tokens: no login is wanted. */
    public static final AccessTokens NONE = new AccessTokens(List.of());

    static final String HASHED = "sha256:";
    private static final int MOST = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String FORM = "it must be NAME SCOPE sha256:HASH, as the command token writes it";

    private final List<AccessToken> tokens;

    private AccessTokens(List<AccessToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Reads lines {@code NAME SCOPE sha256:HASH}. Blank lines and those that begin with # are left out.
     *
     * @param place of the text for faults: a file, or a variable
     * @throws IllegalArgumentException with place, line and rule, and never with a part of a line that may be secret
     */
    public static AccessTokens parse(String text, String place) {
        List<AccessToken> tokens = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String entry = line.strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            AccessToken token = token(entry, place + ':' + number + ": ");
            if (!names.add(token.name()) || !hashes.add(token.hash())) {
                throw new IllegalArgumentException(place + ':' + number
                        + ": the name or the hash is that of an earlier line; each must be there once");
            }
            if (tokens.size() == MOST) {
                throw new IllegalArgumentException(place + " has more than " + MOST + " tokens");
            }
            tokens.add(token);
        }
        return new AccessTokens(tokens);
    }

    private static AccessToken token(String entry, String place) {
        String[] words = entry.split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException(place + "the line has " + words.length + " words; " + FORM);
        }
        if (!NAME.matcher(words[0]).matches()) {
            throw new IllegalArgumentException(
                    place + "the name must be 1 to 40 letters, digits or one of . _ -, with a letter or digit first");
        }
        Optional<TokenScope> scope = TokenScope.named(words[1]);
        if (scope.isEmpty()) {
            throw new IllegalArgumentException(place + "the scope of " + words[0] + " must be " + TokenScope.words());
        }
        if (!words[2].startsWith(HASHED)
                || !HASH.matcher(words[2].substring(HASHED.length())).matches()) {
            throw new IllegalArgumentException(place + "the third word is not sha256: with 64 hexadecimal digits; "
                    + FORM + ", and the token itself must not be here");
        }
        return new AccessToken(
                words[0], scope.get(), words[2].substring(HASHED.length()).toLowerCase(Locale.ROOT));
    }

    /** These and others. @throws IllegalArgumentException if a name or a token is in both */
    public AccessTokens and(AccessTokens others) {
        for (AccessToken token : others.tokens) {
            if (tokens.stream().anyMatch(own -> own.name().equals(token.name()) || own.hasHash(token.hash()))) {
                throw new IllegalArgumentException(
                        "there is a token " + token.name() + " already; each name and each token must be there once");
            }
        }
        return new AccessTokens(
                Stream.concat(tokens.stream(), others.tokens.stream()).toList());
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    int size() {
        return tokens.size();
    }

    /** The token with this text; null if there is none. Compares with all of them, in constant time each. */
    AccessToken find(String text) {
        String hash = AccessToken.hash(text);
        AccessToken found = null;
        for (AccessToken token : tokens) {
            if (token.hasHash(hash)) {
                found = token;
            }
        }
        return found;
    }

    /** The stored token with the hash of one that was found earlier; null if it has been removed. */
    AccessToken current(AccessToken earlier) {
        return tokens.stream()
                .filter(token -> token.hasHash(earlier.hash()))
                .findFirst()
                .orElse(null);
    }
}
