package dev.livefeed.app.login;

import java.util.List;

/**
 * The parts of a request that {@link HttpLogin} checks.
 *
 * @param path normalized, without that of the server
 * @param authorizations all headers of this name
 * @param session the value of the cookie, or null
 * @param client the address of the client
 */
public record LoginRequest(String method, String path, List<String> authorizations, String session, String client) {}
