package dev.livefeed.app.login;

/**
 * Why a request is refused.
 *
 * @param status 401, 403 or 429
 * @param challenge the value of WWW-Authenticate (RFC 6750), or null
 * @param retrySeconds the value of Retry-After, or 0
 */
public record LoginRefusal(int status, String reason, String challenge, long retrySeconds) {

    static LoginRefusal missing() {
        return new LoginRefusal(
                401,
                "a token is missing; send Authorization: Bearer TOKEN, or sign in with a browser at /",
                "Bearer realm=\"livefeed\"",
                0);
    }

    static LoginRefusal wrong(String reason) {
        return new LoginRefusal(401, reason, "Bearer realm=\"livefeed\", error=\"invalid_token\"", 0);
    }

    static LoginRefusal tooOften(long seconds) {
        return new LoginRefusal(
                429, "wrong credentials were sent too often from this address; wait " + seconds + " s", null, seconds);
    }

    static LoginRefusal scope(AccessToken token, TokenScope needed) {
        return new LoginRefusal(
                403,
                "the token " + token.name() + " has the scope " + token.scope().word() + "; this request needs "
                        + needed.word(),
                "Bearer realm=\"livefeed\", error=\"insufficient_scope\", scope=\"" + needed.word() + '"',
                0);
    }
}
