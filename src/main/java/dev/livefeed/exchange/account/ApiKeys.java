package dev.livefeed.exchange.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys the exchange knows: one good one, and some that are refused for a reason of their own. */
public final class ApiKeys {

    /** Keys that are refused whatever their signature. */
    private static final Map<String, Verdict> REFUSED = Map.of(
            "expired-key", Verdict.EXPIRED,
            "no-permission-key", Verdict.NO_PERMISSION,
            "other-address-key", Verdict.OTHER_ADDRESS,
            "failed-key", Verdict.FAILED,
            "other-region-key", Verdict.OTHER_REGION);

    private final String key;
    private final String secret;
    private Verdict revoked;

    /** What is said of a key and a signature. */
    public enum Verdict {
        GOOD(0, "OK"),
        UNKNOWN(10003, "API key is invalid."),
        BAD_SIGNATURE(10004, "Error sign, please check your signature generation algorithm."),
        NO_PERMISSION(10005, "Permission denied, please check your API key permissions."),
        FAILED(10007, "User authentication failed."),
        OTHER_REGION(10009, "The service is restricted in your region."),
        OTHER_ADDRESS(10010, "Unmatched IP, please check your API key's bound IP addresses."),
        EXPIRED(33004, "Your api key has expired."),
        EXPIRED_BEFORE(-2015, "Your api key has expired.");

        private final int code;
        private final String text;

        Verdict(int code, String text) {
            this.code = code;
            this.text = text;
        }

        public int code() {
            return code;
        }

        /** The refusal of that code; empty where there is none. */
        static Optional<Verdict> refusal(int code) {
            return Arrays.stream(values())
                    .filter(verdict -> verdict != GOOD && verdict.code == code)
                    .findFirst();
        }

        public String text() {
            return text;
        }
    }

    public ApiKeys(String key, String secret) {
        this.key = key;
        this.secret = secret;
    }

    /** From now on every key is refused in that way; null: each is judged by itself again. */
    void revoke(Verdict verdict) {
        revoked = verdict;
    }

    /**
     * Judges a signature.
     *
     * @param signed the text that was signed
     * @param signature lower-case hexadecimal HMAC-SHA256 of it
     */
    public Verdict judge(String givenKey, String signed, String signature) {
        if (revoked != null) {
            return revoked;
        }
        if (REFUSED.containsKey(givenKey)) {
            return REFUSED.get(givenKey);
        }
        if (!key.equals(givenKey)) {
            return Verdict.UNKNOWN;
        }
        byte[] expected = sign(secret, signed).getBytes(StandardCharsets.US_ASCII);
        byte[] given = signature.getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, given) ? Verdict.GOOD : Verdict.BAD_SIGNATURE;
    }

    /** The signature of a text: lower-case hexadecimal HMAC-SHA256. */
    public static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
