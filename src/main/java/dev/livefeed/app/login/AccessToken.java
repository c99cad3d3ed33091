package dev.livefeed.app.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token as it is stored.
 *
 * <p>A fast hash is enough: tokens are 256 random bits, which nobody can guess, however little a guess costs (NIST SP
 * 800-63B, 5.1.2.2: only secrets of less than 112 bits need a salt and a slow hash).
 *
 * @param hash the SHA-256 of the token's text, 64 lower-case hexadecimal digits
 */
public record AccessToken(String name, TokenScope scope, String hash) {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new token's text: 43 letters, digits, - and _. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The SHA-256 of a text, as it is stored. */
    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** The line of a new token in a file. */
    public static String line(String name, TokenScope scope, String text) {
        return name + ' ' + scope.word() + ' ' + AccessTokens.HASHED + hash(text);
    }

    /** Whether it is stored with this hash; takes the same time for each hash. */
    boolean hasHash(String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return name + ' ' + scope.word();
    }
}
