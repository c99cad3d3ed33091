package dev.livefeed.connector.bybit.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An API key and its secret. Neither is shown by {@link #toString}, and {@link #redact} removes both from a text. */
final class Credentials {

    private static final String HIDDEN = "***";
    private static final String ALGORITHM = "HmacSHA256";

    private final String key;
    private final String secret;

    Credentials(String key, String secret) {
        this.key = key;
        this.secret = secret;
    }

    /** Whether a text can be a key: printable ASCII without spaces, quotes and backslashes. */
    static boolean possible(String text) {
        return text.length() <= 256 && text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
    }

    /**
     * Creates the authentication request.
     *
     * @param expires end of its validity, milliseconds since 1970 on the venue's clock
     */
    String authRequest(String requestId, long expires) {
        return "{\"req_id\":\"" + requestId + "\",\"op\":\"auth\",\"args\":[\"" + key + "\"," + expires + ",\""
                + sign("GET/realtime" + expires) + "\"]}";
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Returns the text without key and secret; null stays null. */
    String redact(String text) {
        return text == null ? null : text.replace(secret, HIDDEN).replace(key, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
