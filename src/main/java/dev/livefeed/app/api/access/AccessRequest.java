package dev.livefeed.app.api.access;

import java.util.List;

/**
 * The parts of a request that {@link AccessRule} checks; a list has all headers of that name.
 *
 * @param target the request target as sent
 * @param localAddress the local address of the connection, or null
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
