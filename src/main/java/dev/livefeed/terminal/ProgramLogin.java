package dev.livefeed.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The login for a running program, from the environment: never from the command line, which all users of a machine see.
 *
 * @param authorization the value of the header, or null
 */
public record ProgramLogin(String authorization) {

    /** No login. */
    public static final ProgramLogin NONE = new ProgramLogin(null);

    private static final String TOKEN = "LIVEFEED_TOKEN";
    private static final String USER = "LIVEFEED_USER";
    private static final String PASSWORD = "LIVEFEED_PASSWORD";

    /**
     * The token, or else user and password; blank ones are none.
     *
     * @throws IllegalArgumentException with the rule, if the token cannot be one
     */
    static ProgramLogin of(Map<String, String> environment) {
        String token = environment.getOrDefault(TOKEN, "").strip();
        if (!token.isEmpty()) {
            if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
                throw new IllegalArgumentException(
                        TOKEN + " has characters that no token has; it must be what the command token has printed");
            }
            return new ProgramLogin("Bearer " + token);
        }
        String user = environment.get(USER);
        if (user == null) {
            return NONE;
        }
        String login = user + ':' + environment.getOrDefault(PASSWORD, "");
        return new ProgramLogin(
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return authorization == null ? "no login" : "a login";
    }
}
