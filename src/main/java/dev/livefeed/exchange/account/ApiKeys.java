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

/** The API keys of the exchange: one valid key, and one for each reason of rejection. */
public final class ApiKeys {

    /** Keys that are rejected whatever their signature. */
    private static final Map<String, KeyCheck> REFUSED = Map.of(
            "expired-key", KeyCheck.EXPIRED,
            "no-permission-key", KeyCheck.NO_PERMISSION,
            "other-address-key", KeyCheck.OTHER_ADDRESS,
            "failed-key", KeyCheck.FAILED,
            "other-region-key", KeyCheck.OTHER_REGION);

    private final ExchangeCredentials valid;
    private KeyCheck revoked;

    /** Result of a verification, with the code and text of the venue. */
    public enum KeyCheck {
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

        KeyCheck(int code, String text) {
            this.code = code;
            this.text = text;
        }

        public int code() {
            return code;
        }

        /** The rejection with a code; empty if there is none. */
        static Optional<KeyCheck> refusal(int code) {
            return Arrays.stream(values())
                    .filter(check -> check != GOOD && check.code == code)
                    .findFirst();
        }

        public String text() {
            return text;
        }
    }

    /** @param valid the one key that is accepted */
    public ApiKeys(ExchangeCredentials valid) {
        this.valid = valid;
    }

    /** Rejects every key with this result; null ends that. */
    void revoke(KeyCheck check) {
        revoked = check;
    }

    /**
     * Verifies a key and a signature.
     *
     * @param signed signed text
     * @param signature HMAC-SHA256 of it, in lower-case hexadecimal
     */
    public KeyCheck verify(String givenKey, String signed, String signature) {
        if (revoked != null) {
            return revoked;
        }
        if (REFUSED.containsKey(givenKey)) {
            return REFUSED.get(givenKey);
        }
        if (!valid.key().equals(givenKey)) {
            return KeyCheck.UNKNOWN;
        }
        byte[] expected = sign(valid.secret(), signed).getBytes(StandardCharsets.US_ASCII);
        byte[] given = signature.getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, given) ? KeyCheck.GOOD : KeyCheck.BAD_SIGNATURE;
    }

    /** Signs a text with HMAC-SHA256, in lower-case hexadecimal. */
    public static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is not available", e);
        }
    }
}
