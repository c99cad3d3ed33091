package dev.livefeed.terminal;

import dev.livefeed.tls.PemFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The login for a running program, from the environment: never from the command line, which all users of a machine see.
 *
 * @param authorization the value of the header, or null
 * @param tls whom to trust, and the certificate of this client; null for those that Java trusts, and none
 */
public record ProgramLogin(String authorization, SSLContext tls) {

    /** No login. */
    public static final ProgramLogin NONE = new ProgramLogin(null, null);

    private static final String TOKEN = "LIVEFEED_TOKEN";
    private static final String CA = "LIVEFEED_CA_FILE";
    private static final String CERTIFICATE = "LIVEFEED_CERT_FILE";
    private static final String KEY = "LIVEFEED_KEY_FILE";
    private static final String USER = "LIVEFEED_USER";
    private static final String PASSWORD = "LIVEFEED_PASSWORD";

    /**
     * The token, or else user and password, with the files for TLS; blank ones are none.
     *
     * @throws IllegalArgumentException with the rule, if the token cannot be one, or a file cannot be used
     */
    static ProgramLogin of(Map<String, String> environment) {
        return new ProgramLogin(authorization(environment), tls(environment));
    }

    private static SSLContext tls(Map<String, String> environment) {
        String ca = environment.getOrDefault(CA, "").strip();
        String certificate = environment.getOrDefault(CERTIFICATE, "").strip();
        String key = environment.getOrDefault(KEY, "").strip();
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalArgumentException(CERTIFICATE + " and " + KEY + " must be set together");
        }
        if (ca.isEmpty() && key.isEmpty()) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    key.isEmpty()
                            ? null
                            : new KeyManager[] {
                                PemFiles.identity(Path.of(certificate), Path.of(key))
                                        .keyManager()
                            },
                    ca.isEmpty() ? null : new TrustManager[] {PemFiles.trusting(PemFiles.certificates(Path.of(ca)))},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static String authorization(Map<String, String> environment) {
        String token = environment.getOrDefault(TOKEN, "").strip();
        if (!token.isEmpty()) {
            if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
                throw new IllegalArgumentException(
                        TOKEN + " has characters that no token has; it must be what the command token has printed");
            }
            return "Bearer " + token;
        }
        String user = environment.get(USER);
        if (user == null) {
            return null;
        }
        String login = user + ':' + environment.getOrDefault(PASSWORD, "");
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return authorization == null ? "no login" : "a login";
    }
}
