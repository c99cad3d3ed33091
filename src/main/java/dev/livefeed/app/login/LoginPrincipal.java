package dev.livefeed.app.login;

/**
 * Who sends a request.
 *
 * @param session the key of the session through which it is known, or null if the request has the token itself
 */
public record LoginPrincipal(AccessToken token, String session) {}
