package dev.livefeed.app.api.access;

import java.util.List;

/**
 * What {@link AccessRule} asks of a request; lists hold all headers of a name.
 *
 * @param target the request target as it was sent
 * @param localAddress the address that the connection was made to, or null
 */
public record AccessRequest(
        String method,
        String target,
        List<String> hosts,
        String localAddress,
        List<String> origins,
        List<String> fetchSites,
        List<String> contentTypes,
        boolean body) {}
